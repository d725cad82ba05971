let wanted = false;

/** The page of paper prints itself once it is there. */
export function printSoon(): void {
  wanted = true;
}

/** Whether it should; asked once. */
export function takePrinting(): boolean {
  const was = wanted;
  wanted = false;
  return was;
}
