import { changedPlaces } from "../../../../src/drift/plan/changed-places";

const places = (before: unknown, after: unknown, afterUnknown: unknown = false) =>
  changedPlaces({ before, after, afterUnknown, beforeSensitive: false, afterSensitive: false }).map(
    ({ path, isKnown }) => (isKnown ? path : `${path}?`),
  );

test.each([
  ["nothing", { a: 1, b: [], c: {} }, { a: 1, b: [], c: {} }, {}, []],
  ["what is absent is null", { a: 1, b: null }, { a: 1 }, {}, []],
  ["a value, at its place", { a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 3 }] } }, {}, ["a.b[1].c"]],
  ["a list of another length, as a whole", { a: [1, 2] }, { a: [1] }, {}, ["a"]],
  ["known after apply", { a: 1, b: 2 }, { b: 2 }, { a: true }, ["a?"]],
  ["known after apply, in a list", { a: [{ b: 1 }] }, { a: [{}] }, { a: [{ b: true }] }, ["a[0].b?"]],
  ["a shape that comes or goes", { a: { b: 1 } }, { a: 1 }, {}, ["a"]],
  ["null becomes something", { a: null }, { a: { b: 1 } }, {}, ["a"]],
  ["partly known after apply, where nothing was", { a: null }, { a: { b: 1 } }, { a: { c: true } }, ["a"]],
  ["the whole", "old", "new", false, [""]],
  ["the whole, known after apply", "old", undefined, true, ["?"]],
])("%s", (_, before, after, unknown, expected) => {
  expect(places(before, after, unknown)).toEqual(expected);
});
