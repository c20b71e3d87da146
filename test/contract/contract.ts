import assert from 'node:assert/strict';
import type { ApiDescription } from '../forge/http/apiDescription.ts';
import { accessContract } from './accessContract.ts';
import { costContract } from './costContract.ts';
import { engineContract } from './engineContract.ts';
import { faultContract } from './faultContract.ts';
import { NotAllowed } from './forgeWorld.ts';
import type { HostUnderTest, World } from './hostUnderTest.ts';
import { lifeContract } from './lifeContract.ts';
import { readContract } from './readContract.ts';
import { writeContract } from './writeContract.ts';

/** The one suite that every host passes. */
export function contract(subject: HostUnderTest): void {
  describe(`host contract: ${subject.name}`, function () {
    this.timeout(30_000);
    const violations = new Set<string>();
    let description: ApiDescription | undefined;
    const open = async () => {
      const world = await subject.open();
      description = world.forge?.description;
      return watch(world, violations);
    };
    const watched = { ...subject, open };
    describe('reading', () => readContract(watched));
    describe('writing', () => writeContract(watched));
    describe('life', () => lifeContract(watched));
    if (subject.lists) describe('access', () => accessContract(watched));
    if (subject.http) describe('faults', () => faultContract(watched, subject.http!));
    if (subject.http?.costs) describe('requests', () => costContract(watched, subject.http!.costs!));
    if (subject.http?.costs) describe('requests of the engine', () => engineContract(watched, subject.http!.costs!));
    if (!subject.http) return;
    // Of its own: what stands directly in a suite runs before the suites in it.
    describe('in all of this', () => {
      it('asked only what the official description allows, and let nobody hear a token', () => {
        assert.deepEqual([...violations], []);
      });
    });
    after(() => {
      if (process.env['MATRIX'] === '1') process.stdout.write(`${subject.name}: ${description?.report() ?? ''}\n`);
    });
  });
}

/** A violation in one test is told at the end, by a test of its own: the others still run. */
function watch(world: World, violations: Set<string>): World {
  const close = async () => {
    try {
      await world.close();
    } catch (error) {
      if (!(error instanceof NotAllowed)) throw error;
      for (const violation of error.violations) violations.add(violation);
    }
  };
  return { ...world, close };
}
