/** Trade item numbers (EAN-8, UPC-A, EAN-13, GTIN-14) and the check digit they share with GS1. */

/** The GS1 check digit of what stands before it: weights 3, 1, 3 … from the right. `digits` are digits. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const weight = (digits.length - i) % 2 === 1 ? 3 : 1;
    sum += Number(digits[i]) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of the others. */
export function hasCheckDigit(text: string): boolean {
  return /^\d{2,}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1);
}

/** Whether a text is a trade item number of 8, 12, 13 or 14 digits. */
export function isGtin(text: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(text) && hasCheckDigit(text);
}

/**
 * The name under which a barcode is looked up, however a scanner or a person wrote it: a trade item
 * number is filled up to 14 digits (UPC-A and EAN-13 of one thing are one thing). Anything else is the
 * text itself.
 */
export function barcodeKey(text: string): string {
  const plain = text.trim();
  return isGtin(plain) ? plain.padStart(14, '0') : plain;
}
