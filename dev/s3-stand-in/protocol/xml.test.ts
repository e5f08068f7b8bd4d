import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstText, textElement, unescapeXml } from './xml';

test('any text comes back out of an element', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(firstText(textElement('Key', text), 'Key')).toBe(text);
    }),
  );
});

test('every kind of reference is read, and unknown ones stay', () => {
  expect(unescapeXml('&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&nope;')).toBe('<>&"\'A😀&nope;');
});
