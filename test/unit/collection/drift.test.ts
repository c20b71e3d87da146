import assert from 'node:assert/strict';
import { findDrift } from '../../../src/core/collection/drift.ts';
import type { CollectionRequest } from '../../../src/core/collection/readRequests.ts';
import type { Operation } from '../../../src/core/definition/operations.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';

const range = { line: 0, character: 0, endLine: 0, endCharacter: 0 };

function operation(text: string, bases: readonly string[] = ['/v2']): Operation {
  const [method = '', path = ''] = text.split(' ');
  return { method, path, bases, file: asRepoPath('r.yaml'), range };
}

function request(text: string): CollectionRequest {
  const [method = '', url = ''] = text.split(' ');
  return { name: text, method, url, range };
}

/** What becomes of one request: how it stands, and the operations that it asks for. */
function standing(
  asked: string,
  defined: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): unknown {
  const operations = defined.map((text) => operation(text));
  const collection = { requests: [request(asked)], variables: new Map(Object.entries(variables)) };
  const { requests, covered } = findDrift({ operations, hosts: new Set(['api.example.com']) }, collection);
  return [requests[0]?.standing, ...[...covered].map(({ method, path }) => `${method} ${path}`)];
}

describe('findDrift', () => {
  const all = ['GET /pets', 'GET /pets/{petId}', 'GET /pets/search', 'POST /pets', 'GET /files/{name}.json', 'GET /'];
  const answered = (asked: string, by: string, variables?: Readonly<Record<string, string>>): void => {
    it(`${asked} is answered by ${by}`, () => assert.deepEqual(standing(asked, all, variables), ['answered', by]));
  };
  answered('GET {{baseUrl}}/pets', 'GET /pets');
  answered('GET {{baseUrl}}/pets/?limit=20', 'GET /pets');
  answered('GET https://api.example.com/v2/pets', 'GET /pets');
  answered('GET http://localhost:3000/pets', 'GET /pets');
  answered('GET {{host}}/v2/pets', 'GET /pets');
  answered('GET {{host}}/{{version}}/pets', 'GET /pets');
  answered('GET {{baseUrl}}/pets/{{petId}}', 'GET /pets/{petId}');
  answered('GET {{baseUrl}}/pets/:id', 'GET /pets/{petId}');
  answered('GET {{baseUrl}}/pets/42', 'GET /pets/{petId}');
  answered('GET {{baseUrl}}/pets/search', 'GET /pets/search');
  answered('GET {{baseUrl}}/pets/{{what}}', 'GET /pets/search', { what: 'search' });
  answered('GET {{baseUrl}}/files/{{name}}.json', 'GET /files/{name}.json');
  answered('POST {{petsUrl}}', 'POST /pets', { petsUrl: 'https://api.example.com/v2/pets' });
  answered('GET {{baseUrl}}', 'GET /');

  it('cannot tell what a path answers whose file is missing', () => {
    assert.deepEqual(standing('PUT {{b}}/pets', ['GET /a', '* /pets']), ['answered', '* /pets']);
  });

  const stands = (asked: string, expected: string, defined: readonly string[] = all): void => {
    it(`${asked} is ${expected} by ${defined.join(', ')}`, () =>
      assert.deepEqual(standing(asked, defined), [expected]));
  };
  stands('DELETE {{baseUrl}}/pets', 'unanswered');
  stands('GET {{baseUrl}}/Pets', 'unanswered');
  stands('GET {{baseUrl}}/v1/pets', 'unanswered');
  stands('GET {{baseUrl}}/files/.json', 'unanswered');
  stands('GET {{baseUrl}}/pets/{{petId}}', 'unanswered', ['GET /pets/search']);
  stands('GET {{baseUrl}}/pets/:id', 'unanswered', ['GET /pets/search']);
  stands('GET https://api.example.com/gone', 'unanswered');
  stands('GET http://127.0.0.1:3000/gone', 'unanswered');
  stands('POST https://login.example.com/token', 'elsewhere');
  stands('GET ', 'unknown', ['GET /pets']);
  stands('GET {{wholeUrl}}', 'unknown', ['GET /pets']);

  it('lets every request of equal templates cover both', () => {
    assert.deepEqual(standing('GET {{b}}/a/1', ['GET /a/{x}', 'GET /a/{y}']), ['answered', 'GET /a/{x}', 'GET /a/{y}']);
  });

  it('compares no server where the definition names none', () => {
    const { requests } = findDrift(
      { operations: [], hosts: new Set() },
      { requests: [request('GET https://a.example/x')], variables: new Map() },
    );
    assert.equal(requests[0]?.standing, 'unanswered');
  });

  it('takes linear time for a template that would make an expression run wild', () => {
    const hostile = `GET /${'{a}x'.repeat(2_000)}`;
    assert.deepEqual(standing(`GET {{b}}/${'x'.repeat(5_000)}y`, [hostile]), ['unanswered']);
  });
});
