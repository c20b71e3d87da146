import { GitRepository } from '../../forge/git/gitRepository.ts';
import type { SampleParts } from './sampleHost.ts';

/** Names of what every stand-in has: the sample, one that nobody has pushed to, and one of other people. */
export const names = { sample: 'acme-apis', empty: 'empty', other: 'weather' } as const;

const weather = `openapi: 3.1.0
info:
  title: Weather
  version: 1.0.0
paths:
  /forecast:
    get:
      summary: The weather of tomorrow
      responses:
        '200':
          description: How it will be
`;

export function sampleRepository({ sandbox, source }: SampleParts): GitRepository {
  return filled(GitRepository.make(sandbox, names.sample), source);
}

export function emptyRepository({ sandbox }: SampleParts): GitRepository {
  return GitRepository.make(sandbox, names.empty);
}

export function otherRepository({ sandbox }: SampleParts): GitRepository {
  return withWeather(GitRepository.make(sandbox, names.other));
}

/** Copies every branch of `source`, unless that was done at an earlier start. */
export function filled(repository: GitRepository, source: string): GitRepository {
  if (repository.head('main') === undefined) repository.git('fetch', '--quiet', source, '+refs/heads/*:refs/heads/*');
  return repository;
}

export function withWeather(repository: GitRepository): GitRepository {
  if (repository.head('main') === undefined) {
    repository.push('main', { 'openapi.yaml': weather }, 'Describe the weather');
  }
  return repository;
}
