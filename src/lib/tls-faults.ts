/** What the code of an https connection that failed says of the server, the exact ones first. */
const faults: readonly (readonly [codes: RegExp, fault: TlsFault])[] = [
  // Where TLS was expected came bytes that are no record of it: OpenSSL names what it took them for.
  [
    /WRONG_(VERSION_NUMBER|SSL_VERSION)|LENGTH_TOO_LONG|HTTPS?_(PROXY_)?REQUEST|UNKNOWN_PROTOCOL|BAD_RECORD_TYPE|UNEXPECTED_(MESSAGE|RECORD)|INVALID_ALERT|RECORD_LAYER_FAILURE/,
    { kind: 'plain', words: 'nothing speaks TLS' },
  ],
  // What a server answers in TLS, where it wants another client. Before certificates, whose word is in some of the names.
  [
    /ALERT.*CERTIFICATE|ALERT_UNKNOWN_CA/,
    { kind: 'refused', words: 'It asks for a certificate of the visitor, and there is none.' },
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|NO_SHARED_CIPHER|INSUFFICIENT_SECURITY|VERSION_TOO_LOW|DH_KEY_TOO_SMALL|LEGACY/,
    { kind: 'refused', words: 'It speaks only old forms of TLS: let the host offer TLS 1.2 or newer.' },
  ],
  [
    /ALERT|UNRECOGNIZED_NAME/,
    {
      kind: 'refused',
      words: 'It speaks TLS, and has no certificate for this name (yet): add the domain at the host.',
    },
  ],
  [/HANDSHAKE_TIMEOUT/, { kind: 'refused', words: 'It took too long to agree on TLS.' }],
  [/CERT_HAS_EXPIRED/, { kind: 'certificate', words: 'Its certificate has expired: let the host renew it.' }],
  [
    /SELF_SIGNED|UNABLE_TO|UNTRUSTED|INVALID_CA/,
    {
      kind: 'certificate',
      words:
        'Nobody vouches for its certificate (yet): it is self-signed, or those between it and its authority are not sent.',
    },
  ],
  [/CERT|HOSTNAME_MISMATCH/, { kind: 'certificate', words: 'Its certificate is not valid for this name (yet).' }],
];

/** `plain`: no TLS at all. `refused`: TLS, and no agreement. `certificate`: one that browsers do not take. */
export interface TlsFault {
  readonly kind: 'plain' | 'refused' | 'certificate';
  /** A sentence; what follows "where" if nothing speaks TLS. */
  readonly words: string;
}

/** What is wrong with TLS at an address, by the message of the error that has its code. */
export const tlsFault = (message: string): TlsFault =>
  faults.find(([codes]) => codes.test(message))?.[1] ?? {
    kind: 'refused',
    words: 'TLS does not work there (yet).',
  };
