/** What a store may be called: it is part of paths and topics. */
export const STORE_CODE = /^[A-Za-z0-9_.-]{1,64}$/;
