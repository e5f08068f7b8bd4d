import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Mutation {
  readonly name: string;
  /** The guarantee that the patch takes away. */
  readonly what: string;
  /** The test files of which at least one must fail. */
  readonly tests: readonly string[];
  /** Path of the patch, from the project's root. */
  readonly patch: string;
}

const DIRECTORY = join('scripts', 'mutate', 'patches');

/** The patches, each with what it breaks and who must notice; a header line that is missing is an error. */
export function readMutations(): readonly Mutation[] {
  return readdirSync(DIRECTORY)
    .filter((file) => file.endsWith('.patch'))
    .sort()
    .map((file) => {
      const patch = join(DIRECTORY, file);
      const text = readFileSync(patch, 'utf8');
      return {
        name: file.slice(0, -'.patch'.length),
        what: header(text, 'Breaks', patch),
        tests: header(text, 'Noticed by', patch).split(/,\s*/),
        patch,
      };
    });
}

function header(text: string, name: string, patch: string): string {
  const line = text.split('\n').find((each) => each.startsWith(`${name}: `));
  if (line === undefined) throw new Error(`${patch} has no line "${name}: …"`);
  return line.slice(name.length + 2).trim();
}
