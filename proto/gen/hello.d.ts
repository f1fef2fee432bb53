import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface HelloFrame {
    open?: HelloFrame.Open;
    proof?: HelloFrame.Proof;
    records?: HelloFrame.Records;
    verdict?: HelloFrame.Verdict;
    next?: HelloFrame.Next;
}
export declare namespace HelloFrame {
    interface Open {
        nonce: Uint8Array;
        accepts: boolean;
        refusal: HelloFrame.Refusal;
        timeMs: bigint;
    }
    namespace Open {
        const codec: () => Codec<Open>;
        interface OpenNonceFieldEvent {
            field: '$.nonce';
            value: Uint8Array;
        }
        interface OpenAcceptsFieldEvent {
            field: '$.accepts';
            value: boolean;
        }
        interface OpenRefusalFieldEvent {
            field: '$.refusal';
            value: HelloFrame.Refusal;
        }
        interface OpenTimeMsFieldEvent {
            field: '$.timeMs';
            value: bigint;
        }
        function encode(obj: Partial<Open>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Open>): Open;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Open>): Generator<OpenNonceFieldEvent | OpenAcceptsFieldEvent | OpenRefusalFieldEvent | OpenTimeMsFieldEvent>;
    }
    interface Proof {
        mac: Uint8Array;
    }
    namespace Proof {
        const codec: () => Codec<Proof>;
        interface ProofMacFieldEvent {
            field: '$.mac';
            value: Uint8Array;
        }
        function encode(obj: Partial<Proof>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Proof>): Proof;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Proof>): Generator<ProofMacFieldEvent>;
    }
    interface Records {
        records: Uint8Array[];
        more: boolean;
    }
    namespace Records {
        const codec: () => Codec<Records>;
        interface RecordsRecordsFieldEvent {
            field: '$.records[]';
            index: number;
            value: Uint8Array;
        }
        interface RecordsMoreFieldEvent {
            field: '$.more';
            value: boolean;
        }
        function encode(obj: Partial<Records>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Records>): Records;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Records>): Generator<RecordsRecordsFieldEvent | RecordsMoreFieldEvent>;
    }
    interface Next {
    }
    namespace Next {
        const codec: () => Codec<Next>;
        function encode(obj: Partial<Next>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Next>): Next;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Next>): Generator<{}>;
    }
    interface Verdict {
        accepts: boolean;
        refusal: HelloFrame.Refusal;
    }
    namespace Verdict {
        const codec: () => Codec<Verdict>;
        interface VerdictAcceptsFieldEvent {
            field: '$.accepts';
            value: boolean;
        }
        interface VerdictRefusalFieldEvent {
            field: '$.refusal';
            value: HelloFrame.Refusal;
        }
        function encode(obj: Partial<Verdict>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Verdict>): Verdict;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Verdict>): Generator<VerdictAcceptsFieldEvent | VerdictRefusalFieldEvent>;
    }
    enum Refusal {
        REFUSAL_UNSPECIFIED = "REFUSAL_UNSPECIFIED",
        STRANGER = "STRANGER",
        REVOKED = "REVOKED",
        REVIEW = "REVIEW",
        EXPIRED = "EXPIRED",
        LEFT = "LEFT",
        BAD_RECORDS = "BAD_RECORDS"
    }
    namespace Refusal {
        const codec: () => Codec<Refusal>;
    }
    const codec: () => Codec<HelloFrame>;
    interface HelloFrameOpenNonceFieldEvent {
        field: '$.open.nonce';
        value: Uint8Array;
    }
    interface HelloFrameOpenAcceptsFieldEvent {
        field: '$.open.accepts';
        value: boolean;
    }
    interface HelloFrameOpenRefusalFieldEvent {
        field: '$.open.refusal';
        value: HelloFrame.Refusal;
    }
    interface HelloFrameOpenTimeMsFieldEvent {
        field: '$.open.timeMs';
        value: bigint;
    }
    interface HelloFrameProofMacFieldEvent {
        field: '$.proof.mac';
        value: Uint8Array;
    }
    interface HelloFrameRecordsRecordsFieldEvent {
        field: '$.records.records[]';
        index: number;
        value: Uint8Array;
    }
    interface HelloFrameRecordsMoreFieldEvent {
        field: '$.records.more';
        value: boolean;
    }
    interface HelloFrameVerdictAcceptsFieldEvent {
        field: '$.verdict.accepts';
        value: boolean;
    }
    interface HelloFrameVerdictRefusalFieldEvent {
        field: '$.verdict.refusal';
        value: HelloFrame.Refusal;
    }
    function encode(obj: Partial<HelloFrame>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HelloFrame>): HelloFrame;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HelloFrame>): Generator<HelloFrameOpenNonceFieldEvent | HelloFrameOpenAcceptsFieldEvent | HelloFrameOpenRefusalFieldEvent | HelloFrameOpenTimeMsFieldEvent | HelloFrameProofMacFieldEvent | HelloFrameRecordsRecordsFieldEvent | HelloFrameRecordsMoreFieldEvent | HelloFrameVerdictAcceptsFieldEvent | HelloFrameVerdictRefusalFieldEvent>;
}
