/** The folders of a key from the outermost, and its name last. */
export function keyTree(key: string): readonly string[] {
  const parts = key.split('/');
  return parts.map((part, index) => (index === parts.length - 1 ? part : `${part}/`));
}
