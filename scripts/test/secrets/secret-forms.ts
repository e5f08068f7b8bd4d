/** A secret that may appear nowhere, and every way of writing it that a grep has to know. */
export interface Needle {
  /** Said when it is found; the secret itself never is. */
  readonly name: string;
  readonly forms: readonly string[];
}

/** What keys and tokens of ours look like, whoever made them. */
export const SECRET_PATTERNS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'a collection key', pattern: /slk_(browser|server)_[0-9A-Za-z]{32}/ },
  { name: 'an API token', pattern: /slt_[\w-]{43}/ },
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
];

/** As it is, as JSON, a URL, hex and base64 write it; base64 without the ends that depend on what stands around it. */
export function needleOf(name: string, secret: string): Needle {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    const core = shifted
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : 4, -2);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    ...base64,
  ];
  return { name, forms: [...new Set(forms)] };
}

/** The names of the secrets that a text holds. */
export function secretsIn(text: string, needles: readonly Needle[]): string[] {
  return [
    ...needles.filter(({ forms }) => forms.some((form) => text.includes(form))),
    ...SECRET_PATTERNS.filter(({ pattern }) => pattern.test(text)),
  ].map(({ name }) => name);
}
