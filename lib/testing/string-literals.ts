/** The contents of the string and template literals of a TypeScript source; what a template inserts stays as it is written. */
export function stringLiterals(source: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const two = source.slice(at, at + 2);
    if (two === '//') at = endOf(source, '\n', at);
    else if (two === '/*') at = endOf(source, '*/', at + 2) + 1;
    else if (`'"\``.includes(source[at] ?? ' ')) {
      const end = endOfLiteral(source, at);
      found.push(source.slice(at + 1, end));
      at = end;
    }
  }
  return found;
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end === -1 ? source.length : end;
}

function endOfLiteral(source: string, start: number): number {
  const quote = source[start];
  let braces = 0;
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (quote === '`' && source.startsWith('${', at)) {
      braces += 1;
      at += 1;
    } else if (braces > 0) {
      if (char === '{') braces += 1;
      else if (char === '}') braces -= 1;
      else if (`'"\``.includes(char ?? ' ')) at = endOfLiteral(source, at);
    } else if (char === quote) return at;
  }
  return source.length;
}
