const letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A password for somebody else, of all kinds of characters, none of which is taken for another when it is read aloud or copied by hand. */
export function randomPassword(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(20));
  const text = Array.from(numbers, (number) => letters[number % letters.length]).join("").replace(/(.{5})(?=.)/g, "$1-");
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /[2-9]/.test(text) ? text : randomPassword();
}
