import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringLiterals } from './string-literals';

export interface CalledFunction {
  /** With its schema. */
  readonly name: string;
  /** Null where the code counts them as it runs. */
  readonly argumentCount: number | null;
}

const ROOMS = ['lib/platform', 'lib/services', 'workers'];
const CALL = /\b(?:log|delivery)\.[a-z_]+\(/g;

/** What the processes call of the database's own functions, as their SQL texts have it. */
export function findCalledFunctions(): CalledFunction[] {
  const found = new Map<string, CalledFunction>();
  for (const file of ROOMS.flatMap(sourcesOf)) {
    for (const text of stringLiterals(readFileSync(file, 'utf8'))) {
      for (const match of text.matchAll(CALL)) {
        const name = match[0].slice(0, -1);
        const argumentCount = countArguments(text.slice(match.index + match[0].length));
        found.set(`${name} ${argumentCount}`, { name, argumentCount });
      }
    }
  }
  return [...found.values()];
}

function sourcesOf(room: string): string[] {
  return readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('generated'))
    .map((file) => join(room, file));
}

/** Of the text behind an opening parenthesis: the arguments up to the one that closes it. */
function countArguments(text: string): number | null {
  let depth = 0;
  let commas = 0;
  for (const [at, char] of [...text].entries()) {
    if ('([{'.includes(char)) depth += 1;
    else if (depth > 0 && ')]}'.includes(char)) depth -= 1;
    else if (depth === 0 && char === ',') commas += 1;
    else if (char === ')') {
      const inside = text.slice(0, at);
      if (inside.includes('.join(')) return null;
      return inside.trim() === '' ? 0 : commas + 1;
    }
  }
  return commas + 1;
}
