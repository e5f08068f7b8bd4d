import { oneVisibleLine } from '@/lib/domain/format/visible-text';

/** A paragraph, a list of facts, a link on a line of its own, or text to paste. */
export type MailBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [string, string])[] }
  | { readonly kind: 'link'; readonly address: string }
  | { readonly kind: 'code'; readonly title: string; readonly text: string };

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const SUBJECT_LENGTH_MAX = 180;

/** One mail in both forms, with the same words. Whatever stands in the blocks is text: it ends no header and no tag. */
export function renderMail(subject: string, blocks: readonly MailBlock[]): MailText {
  return {
    subject: oneVisibleLine(subject).slice(0, SUBJECT_LENGTH_MAX),
    text: `${blocks.map(asText).join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body style="font-family:sans-serif;line-height:1.5">${blocks.map(asHtml).join('')}</body></html>`,
  };
}

function asText(block: MailBlock): string {
  switch (block.kind) {
    case 'text':
      return oneVisibleLine(block.text);
    case 'facts':
      return block.facts.map(([name, value]) => `${name}: ${oneVisibleLine(value)}`).join('\n');
    case 'link':
      return block.address;
    case 'code':
      return `${block.title}:\n\n${block.text}`;
  }
}

function asHtml(block: MailBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeHtml(oneVisibleLine(block.text))}</p>`;
    case 'facts':
      return `<table>${block.facts.map(([name, value]) => `<tr><td style="padding-right:1em">${escapeHtml(name)}</td><td><code>${escapeHtml(oneVisibleLine(value))}</code></td></tr>`).join('')}</table>`;
    case 'link':
      return `<p><a href="${escapeHtml(block.address)}">${escapeHtml(block.address)}</a></p>`;
    case 'code':
      return `<p>${escapeHtml(block.title)}:</p><pre style="background:#f4f4f5;padding:1em">${escapeHtml(block.text)}</pre>`;
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
