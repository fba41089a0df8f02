// Loopback addresses of this run's own, so that two benches on one machine do not meet.
const net = `127.${64 + (process.pid % 64)}.${(process.pid >> 6) % 256}`;

export const productAddress = `${net}.76`;
export const peerAddress = `${net}.77`;
export const phonesAddress = `${net}.78`;
export const refreshersAddress = `${net}.80`;
export const relayAddress = `${net}.79`;
export const apartAddress = `${net}.81`;
