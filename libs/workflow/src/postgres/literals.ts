const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A value of `execute`, written so that PostgreSQL reads it as one literal and nothing else. */
export type Literal = string;

/** @throws when it is not a UUID: ids come from outside. */
export function uuidLiteral(id: string): Literal {
  if (!uuid.test(id)) throw new TypeError('an id is not a UUID');
  return `'${id}'`;
}

export function uuidArrayLiteral(ids: readonly string[]): Literal {
  return `array[${ids.map(uuidLiteral).join(',')}]::uuid[]`;
}

/** @throws when it is not a whole number. */
export function integerLiteral(value: number): Literal {
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number`);
  return String(value);
}

/** Dollar-quoted under a tag that the text does not contain: nothing in it needs an escape. */
export function textLiteral(text: string): Literal {
  if (text.includes('\u0000')) throw new TypeError('PostgreSQL cannot hold a NUL character');
  let tag = '$w$';
  // Also a text that ends in the beginning of a tag would close it too early.
  for (let number = 0; (text + tag).indexOf(tag) !== text.length; number++) tag = `$w${number}$`;
  return `${tag}${text}${tag}`;
}

export function textArrayLiteral(values: readonly string[]): Literal {
  return `array[${values.map(textLiteral).join(',')}]::text[]`;
}
