/** What differs between the environments that the adapter runs in. */
export interface BitbucketOptions {
  /** Whether answers of servers that allow no other site (CORS) can be read: a browser cannot. */
  readonly readsArchives: boolean;
}
