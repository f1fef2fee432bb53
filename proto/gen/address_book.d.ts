import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface AddressBookRecord {
    addresses: AddressBookRecord.Address[];
    attempts: AddressBookRecord.Attempt[];
}
export declare namespace AddressBookRecord {
    interface Address {
        address: string;
        source: AddressBookRecord.Source;
        lastSuccessAt: bigint;
        addedAt: bigint;
        failures: number;
    }
    namespace Address {
        const codec: () => Codec<Address>;
        interface AddressAddressFieldEvent {
            field: '$.address';
            value: string;
        }
        interface AddressSourceFieldEvent {
            field: '$.source';
            value: AddressBookRecord.Source;
        }
        interface AddressLastSuccessAtFieldEvent {
            field: '$.lastSuccessAt';
            value: bigint;
        }
        interface AddressAddedAtFieldEvent {
            field: '$.addedAt';
            value: bigint;
        }
        interface AddressFailuresFieldEvent {
            field: '$.failures';
            value: number;
        }
        function encode(obj: Partial<Address>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Address>): Address;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Address>): Generator<AddressAddressFieldEvent | AddressSourceFieldEvent | AddressLastSuccessAtFieldEvent | AddressAddedAtFieldEvent | AddressFailuresFieldEvent>;
    }
    interface Attempt {
        address: string;
        source: AddressBookRecord.Source;
        at: bigint;
        durationMs: number;
        outcome: AddressBookRecord.Outcome;
        detail: string;
    }
    namespace Attempt {
        const codec: () => Codec<Attempt>;
        interface AttemptAddressFieldEvent {
            field: '$.address';
            value: string;
        }
        interface AttemptSourceFieldEvent {
            field: '$.source';
            value: AddressBookRecord.Source;
        }
        interface AttemptAtFieldEvent {
            field: '$.at';
            value: bigint;
        }
        interface AttemptDurationMsFieldEvent {
            field: '$.durationMs';
            value: number;
        }
        interface AttemptOutcomeFieldEvent {
            field: '$.outcome';
            value: AddressBookRecord.Outcome;
        }
        interface AttemptDetailFieldEvent {
            field: '$.detail';
            value: string;
        }
        function encode(obj: Partial<Attempt>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Attempt>): Attempt;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Attempt>): Generator<AttemptAddressFieldEvent | AttemptSourceFieldEvent | AttemptAtFieldEvent | AttemptDurationMsFieldEvent | AttemptOutcomeFieldEvent | AttemptDetailFieldEvent>;
    }
    enum Source {
        SOURCE_UNSPECIFIED = "SOURCE_UNSPECIFIED",
        MDNS = "MDNS",
        DHT = "DHT",
        RECORD = "RECORD",
        ADDRESS_BOOK = "ADDRESS_BOOK",
        MANUAL = "MANUAL",
        TICKET = "TICKET"
    }
    namespace Source {
        const codec: () => Codec<Source>;
    }
    enum Outcome {
        OUTCOME_UNSPECIFIED = "OUTCOME_UNSPECIFIED",
        CONNECTED = "CONNECTED",
        REFUSED = "REFUSED",
        TIMEOUT = "TIMEOUT",
        UNREACHABLE = "UNREACHABLE",
        WRONG_DEVICE = "WRONG_DEVICE",
        DENIED = "DENIED",
        FAILED = "FAILED"
    }
    namespace Outcome {
        const codec: () => Codec<Outcome>;
    }
    const codec: () => Codec<AddressBookRecord>;
    interface AddressBookRecordAddressesAddressFieldEvent {
        field: '$.addresses[].address';
        value: string;
        index: number;
    }
    interface AddressBookRecordAddressesSourceFieldEvent {
        field: '$.addresses[].source';
        value: AddressBookRecord.Source;
        index: number;
    }
    interface AddressBookRecordAddressesLastSuccessAtFieldEvent {
        field: '$.addresses[].lastSuccessAt';
        value: bigint;
        index: number;
    }
    interface AddressBookRecordAddressesAddedAtFieldEvent {
        field: '$.addresses[].addedAt';
        value: bigint;
        index: number;
    }
    interface AddressBookRecordAddressesFailuresFieldEvent {
        field: '$.addresses[].failures';
        value: number;
        index: number;
    }
    interface AddressBookRecordAttemptsAddressFieldEvent {
        field: '$.attempts[].address';
        value: string;
        index: number;
    }
    interface AddressBookRecordAttemptsSourceFieldEvent {
        field: '$.attempts[].source';
        value: AddressBookRecord.Source;
        index: number;
    }
    interface AddressBookRecordAttemptsAtFieldEvent {
        field: '$.attempts[].at';
        value: bigint;
        index: number;
    }
    interface AddressBookRecordAttemptsDurationMsFieldEvent {
        field: '$.attempts[].durationMs';
        value: number;
        index: number;
    }
    interface AddressBookRecordAttemptsOutcomeFieldEvent {
        field: '$.attempts[].outcome';
        value: AddressBookRecord.Outcome;
        index: number;
    }
    interface AddressBookRecordAttemptsDetailFieldEvent {
        field: '$.attempts[].detail';
        value: string;
        index: number;
    }
    function encode(obj: Partial<AddressBookRecord>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<AddressBookRecord>): AddressBookRecord;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<AddressBookRecord>): Generator<AddressBookRecordAddressesAddressFieldEvent | AddressBookRecordAddressesSourceFieldEvent | AddressBookRecordAddressesLastSuccessAtFieldEvent | AddressBookRecordAddressesAddedAtFieldEvent | AddressBookRecordAddressesFailuresFieldEvent | AddressBookRecordAttemptsAddressFieldEvent | AddressBookRecordAttemptsSourceFieldEvent | AddressBookRecordAttemptsAtFieldEvent | AddressBookRecordAttemptsDurationMsFieldEvent | AddressBookRecordAttemptsOutcomeFieldEvent | AddressBookRecordAttemptsDetailFieldEvent>;
}
