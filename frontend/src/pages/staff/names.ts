/** What two spellings of one name have in common: width, capitals and the spaces between its parts do not tell people apart. */
export const keyOfName = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
