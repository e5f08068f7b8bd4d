const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

function escapeXml(text: string): string {
  // Control characters are legal in keys but not in XML text, so they travel as references.
  return text.replace(/[<>&'"\p{Cc}]/gu, (character) => `&#${character.charCodeAt(0)};`);
}

/** `<name>text</name>` with the text escaped. */
export function textElement(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** `<name>` around elements that are already XML. */
export function parentElement(name: string, children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`;
}

/** A whole document in S3's namespace. */
export function xmlDocument(root: string, children: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${children.join('')}</${root}>`;
}

/** Error documents carry no namespace on S3. */
export function errorDocument(fields: Readonly<Record<string, string>>): string {
  const children = Object.entries(fields).map(([name, text]) => textElement(name, text));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${parentElement('Error', children)}`;
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Turns the entities and character references of XML text back into characters. */
export function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, entity: string) => {
    if (entity.startsWith('#x')) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith('#')) return String.fromCodePoint(Number.parseInt(entity.slice(1), 10));
    return NAMED_ENTITIES[entity] ?? whole;
  });
}

/** Text of the first `<name>` in a fragment, unescaped. */
export function firstText(xml: string, name: string): string | undefined {
  const match = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return match?.[1] === undefined ? undefined : unescapeXml(match[1]);
}
