/** Without the letters and digits that are mistaken for one another when they are typed into a phone. */
const alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** 20 of 56 characters: 116 bits, which no phone or person has to invent. */
export function generatePassword(length = 20): string {
  let password = "";
  while (password.length < length) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Bytes above the last full round would make the first letters likelier.
    if (byte < 256 - (256 % alphabet.length)) password += alphabet[byte % alphabet.length];
  }
  return password;
}
