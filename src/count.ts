/** Numbers in sentences, written as the console writes them. */

const NUMBER = new Intl.NumberFormat('en');

/** `1,204` */
export const written = (number: number): string => NUMBER.format(number);

/** `1 group`, `2 groups`; `many` where the plural is not made with an s. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${written(number)} ${number === 1 ? one : many}`;
