/** Numbers in sentences. */

/** `1 group`, `2 groups`; `many` where the plural is not made with an s. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
