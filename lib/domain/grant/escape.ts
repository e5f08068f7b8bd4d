/**
 * One escaper per format: each takes any text without control characters and writes it so that a reader of the format
 * gets the same text back. JSON has its own in `JSON.stringify`.
 */

/** A word of a POSIX shell, in single quotes: nothing in them means anything but the quote itself. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A string of HCL (Terraform) in quotes. Backslash and quote are escaped as in C; `${` and `%{` begin templates and are
 * doubled. Format: HCL native syntax specification, "Template Expressions".
 */
export function hclString(text: string): string {
  const escaped = text.replace(/["\\]/g, (sign) => `\\${sign}`).replace(/([$%])\{/g, '$1$1{');
  return `"${escaped}"`;
}

/**
 * A double-quoted scalar of YAML. JSON's string is one, but for the line separators that YAML takes as breaks.
 * Format: YAML 1.2.2, section 7.3.1.
 */
export function yamlString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => {
    const code = sign.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}
