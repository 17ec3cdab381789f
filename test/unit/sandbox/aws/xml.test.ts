import { elements, parseXml, renderXml } from "../../../../src/sandbox/aws/xml";

test("elements become members, repeated ones a list; namespaces, attributes, comments and blanks do not count", () => {
  const text = `<?xml version="1.0"?>
    <Request xmlns="https://a.example/"><!-- note --><Id a="1>2">x&#47;y &amp; z</Id>
      <ns:Items><Item>1</Item><Item><Name>two</Name></Item></ns:Items><Empty/><Data><![CDATA[a<b]]></Data></Request>`;
  const { root, value } = parseXml(text);
  expect(root).toBe("Request");
  expect(value).toEqual({
    Id: "x/y & z",
    Items: { Item: ["1", { Name: "two" }] },
    Empty: "",
    Data: "a<b",
  });
});

test("a list is read alike with no, one and several items", () => {
  const itemsOf = (xml: string) => {
    const { value } = parseXml(xml);
    return elements(value, "Item");
  };
  expect(itemsOf("<Items/>")).toEqual([]);
  expect(itemsOf("<Items><Item>a</Item></Items>")).toEqual(["a"]);
  expect(itemsOf("<Items><Item>a</Item><Item>b</Item></Items>")).toEqual(["a", "b"]);
});

test.each(["", "text", "<a>", "<a></b>", "</a>", "<a/><b/>", '<a b="1', "<!DOCTYPE a><a/>"])(
  "%s is refused",
  (text) => {
    expect(() => parseXml(text)).toThrow("the body is not XML");
  },
);

test("writes what it reads", () => {
  const value = { Id: "a<b>&c", Items: { Item: ["1", { Name: "two" }] }, At: new Date(0) };
  expect(renderXml({ ...value, Left: undefined })).toBe(
    "<Id>a&#60;b&#62;&#38;c</Id><Items><Item>1</Item><Item><Name>two</Name></Item></Items><At>1970-01-01T00:00:00.000Z</At>",
  );
});
