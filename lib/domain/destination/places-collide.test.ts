import { expect, test } from 'vitest';
import { placesCollide } from './places-collide';

test.each([
  ['', '', true],
  ['a/', 'a/', true],
  ['a/', 'b/', false],
  ['a/', 'a/b/', false],
  ['', 'a/', false],
  ['a/', 'a/type=events/', true],
  ['a/', 'a/_replay/x/', true],
  ['', '_sluice/', true],
  ['a/', 'ab/', false],
])('%j and %j mix their files: %s', (one, other, collide) => {
  expect([placesCollide(one, other), placesCollide(other, one)]).toEqual([collide, collide]);
});
