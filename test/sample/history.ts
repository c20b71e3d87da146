/** One commit of the sample repository. */
export interface SampleCommit {
  readonly author: string;
  readonly date: string;
  readonly message: string;
  /** Files and folders of `content` that join with this commit. */
  readonly add?: readonly string[];
  /** Text replaced in files that are already there. */
  readonly edit?: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

const ada = 'Ada Lovelace <ada@acme.example>';
const grace = 'Grace Hopper <grace@acme.example>';
const alan = 'Alan Turing <alan@acme.example>';

/** What `main` grew from. */
export const mainHistory: readonly SampleCommit[] = [
  {
    author: ada,
    date: '2026-03-02T09:12:00Z',
    message: 'Describe payments and customers',
    add: ['README.md', '.gitattributes', 'apis/payments'],
  },
  {
    author: grace,
    date: '2026-03-09T14:40:00Z',
    message: 'Add the Payments collections',
    add: ['postman'],
  },
  {
    author: alan,
    date: '2026-04-17T08:05:00Z',
    message: 'Describe the inventory',
    add: ['apis/inventory'],
  },
  {
    author: ada,
    date: '2026-05-04T16:21:00Z',
    message: 'Name the sandbox server',
    edit: [
      {
        file: 'apis/payments/openapi.yaml',
        from: '    description: Sandbox\n',
        to: '    description: Sandbox (no money moves)\n',
      },
    ],
  },
];

/** What `develop` has beyond `main`. */
export const developHistory: readonly SampleCommit[] = [
  {
    author: grace,
    date: '2026-05-11T10:00:00Z',
    message: 'Let a payment be cancelled',
    edit: [
      {
        file: 'apis/payments/components/schemas/payment/PaymentStatus.yaml',
        from: 'refunded, failed',
        to: 'refunded, cancelled, failed',
      },
      { file: 'apis/payments/openapi.yaml', from: 'version: 2.3.0', to: 'version: 2.4.0-beta.1' },
    ],
  },
  {
    author: alan,
    date: '2026-05-12T07:30:00Z',
    message: 'Say how much a product weighs',
    edit: [
      {
        file: 'apis/inventory/openapi.json',
        from: '"required": ["sku", "name"]',
        to: '"required": ["sku", "name", "weightGrams"]',
      },
    ],
  },
];
