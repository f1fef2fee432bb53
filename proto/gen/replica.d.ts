import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface ReplicaFrame {
    summary?: ReplicaFrame.Summary;
    buckets?: ReplicaFrame.Buckets;
    heads?: ReplicaFrame.Heads;
    want?: ReplicaFrame.Want;
    range?: ReplicaFrame.Range;
    push?: ReplicaFrame.Push;
    fork?: ReplicaFrame.Fork;
}
export declare namespace ReplicaFrame {
    interface Summary {
        root: Uint8Array;
    }
    namespace Summary {
        const codec: () => Codec<Summary>;
        interface SummaryRootFieldEvent {
            field: '$.root';
            value: Uint8Array;
        }
        function encode(obj: Partial<Summary>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Summary>): Summary;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Summary>): Generator<SummaryRootFieldEvent>;
    }
    interface Buckets {
        digests: Uint8Array;
    }
    namespace Buckets {
        const codec: () => Codec<Buckets>;
        interface BucketsDigestsFieldEvent {
            field: '$.digests';
            value: Uint8Array;
        }
        function encode(obj: Partial<Buckets>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Buckets>): Buckets;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Buckets>): Generator<BucketsDigestsFieldEvent>;
    }
    interface Heads {
        buckets: Uint8Array;
        heads: ReplicaFrame.Head[];
        isAnswer: boolean;
    }
    namespace Heads {
        const codec: () => Codec<Heads>;
        interface HeadsBucketsFieldEvent {
            field: '$.buckets';
            value: Uint8Array;
        }
        interface HeadsHeadsAuthorFieldEvent {
            field: '$.heads[].author';
            value: Uint8Array;
            index: number;
        }
        interface HeadsHeadsDocumentFieldEvent {
            field: '$.heads[].document';
            value: string;
            index: number;
        }
        interface HeadsHeadsIncarnationFieldEvent {
            field: '$.heads[].incarnation';
            value: bigint;
            index: number;
        }
        interface HeadsHeadsSeqFieldEvent {
            field: '$.heads[].seq';
            value: bigint;
            index: number;
        }
        interface HeadsHeadsHeadHashFieldEvent {
            field: '$.heads[].headHash';
            value: Uint8Array;
            index: number;
        }
        interface HeadsHeadsForkSeqFieldEvent {
            field: '$.heads[].forkSeq';
            value: bigint;
            index: number;
        }
        interface HeadsIsAnswerFieldEvent {
            field: '$.isAnswer';
            value: boolean;
        }
        function encode(obj: Partial<Heads>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Heads>): Heads;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Heads>): Generator<HeadsBucketsFieldEvent | HeadsHeadsAuthorFieldEvent | HeadsHeadsDocumentFieldEvent | HeadsHeadsIncarnationFieldEvent | HeadsHeadsSeqFieldEvent | HeadsHeadsHeadHashFieldEvent | HeadsHeadsForkSeqFieldEvent | HeadsIsAnswerFieldEvent>;
    }
    interface Head {
        author: Uint8Array;
        document: string;
        incarnation: bigint;
        seq: bigint;
        headHash: Uint8Array;
        forkSeq: bigint;
    }
    namespace Head {
        const codec: () => Codec<Head>;
        interface HeadAuthorFieldEvent {
            field: '$.author';
            value: Uint8Array;
        }
        interface HeadDocumentFieldEvent {
            field: '$.document';
            value: string;
        }
        interface HeadIncarnationFieldEvent {
            field: '$.incarnation';
            value: bigint;
        }
        interface HeadSeqFieldEvent {
            field: '$.seq';
            value: bigint;
        }
        interface HeadHeadHashFieldEvent {
            field: '$.headHash';
            value: Uint8Array;
        }
        interface HeadForkSeqFieldEvent {
            field: '$.forkSeq';
            value: bigint;
        }
        function encode(obj: Partial<Head>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Head>): Head;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Head>): Generator<HeadAuthorFieldEvent | HeadDocumentFieldEvent | HeadIncarnationFieldEvent | HeadSeqFieldEvent | HeadHeadHashFieldEvent | HeadForkSeqFieldEvent>;
    }
    interface Want {
        id: bigint;
        items: ReplicaFrame.Want.Item[];
    }
    namespace Want {
        interface Item {
            author: Uint8Array;
            document: string;
            incarnation: bigint;
            fromSeq: bigint;
        }
        namespace Item {
            const codec: () => Codec<Item>;
            interface ItemAuthorFieldEvent {
                field: '$.author';
                value: Uint8Array;
            }
            interface ItemDocumentFieldEvent {
                field: '$.document';
                value: string;
            }
            interface ItemIncarnationFieldEvent {
                field: '$.incarnation';
                value: bigint;
            }
            interface ItemFromSeqFieldEvent {
                field: '$.fromSeq';
                value: bigint;
            }
            function encode(obj: Partial<Item>): Uint8Array;
            function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Item>): Item;
            function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Item>): Generator<ItemAuthorFieldEvent | ItemDocumentFieldEvent | ItemIncarnationFieldEvent | ItemFromSeqFieldEvent>;
        }
        const codec: () => Codec<Want>;
        interface WantIdFieldEvent {
            field: '$.id';
            value: bigint;
        }
        interface WantItemsAuthorFieldEvent {
            field: '$.items[].author';
            value: Uint8Array;
            index: number;
        }
        interface WantItemsDocumentFieldEvent {
            field: '$.items[].document';
            value: string;
            index: number;
        }
        interface WantItemsIncarnationFieldEvent {
            field: '$.items[].incarnation';
            value: bigint;
            index: number;
        }
        interface WantItemsFromSeqFieldEvent {
            field: '$.items[].fromSeq';
            value: bigint;
            index: number;
        }
        function encode(obj: Partial<Want>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Want>): Want;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Want>): Generator<WantIdFieldEvent | WantItemsAuthorFieldEvent | WantItemsDocumentFieldEvent | WantItemsIncarnationFieldEvent | WantItemsFromSeqFieldEvent>;
    }
    interface Range {
        id: bigint;
        envelopes: Uint8Array[];
        served: number;
    }
    namespace Range {
        const codec: () => Codec<Range>;
        interface RangeIdFieldEvent {
            field: '$.id';
            value: bigint;
        }
        interface RangeEnvelopesFieldEvent {
            field: '$.envelopes[]';
            index: number;
            value: Uint8Array;
        }
        interface RangeServedFieldEvent {
            field: '$.served';
            value: number;
        }
        function encode(obj: Partial<Range>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Range>): Range;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Range>): Generator<RangeIdFieldEvent | RangeEnvelopesFieldEvent | RangeServedFieldEvent>;
    }
    interface Push {
        envelopes: Uint8Array[];
    }
    namespace Push {
        const codec: () => Codec<Push>;
        interface PushEnvelopesFieldEvent {
            field: '$.envelopes[]';
            index: number;
            value: Uint8Array;
        }
        function encode(obj: Partial<Push>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Push>): Push;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Push>): Generator<PushEnvelopesFieldEvent>;
    }
    interface Fork {
        first: Uint8Array;
        second: Uint8Array;
    }
    namespace Fork {
        const codec: () => Codec<Fork>;
        interface ForkFirstFieldEvent {
            field: '$.first';
            value: Uint8Array;
        }
        interface ForkSecondFieldEvent {
            field: '$.second';
            value: Uint8Array;
        }
        function encode(obj: Partial<Fork>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Fork>): Fork;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Fork>): Generator<ForkFirstFieldEvent | ForkSecondFieldEvent>;
    }
    const codec: () => Codec<ReplicaFrame>;
    interface ReplicaFrameSummaryRootFieldEvent {
        field: '$.summary.root';
        value: Uint8Array;
    }
    interface ReplicaFrameBucketsDigestsFieldEvent {
        field: '$.buckets.digests';
        value: Uint8Array;
    }
    interface ReplicaFrameHeadsBucketsFieldEvent {
        field: '$.heads.buckets';
        value: Uint8Array;
    }
    interface ReplicaFrameHeadsHeadsAuthorFieldEvent {
        field: '$.heads.heads[].author';
        value: Uint8Array;
        index: number;
    }
    interface ReplicaFrameHeadsHeadsDocumentFieldEvent {
        field: '$.heads.heads[].document';
        value: string;
        index: number;
    }
    interface ReplicaFrameHeadsHeadsIncarnationFieldEvent {
        field: '$.heads.heads[].incarnation';
        value: bigint;
        index: number;
    }
    interface ReplicaFrameHeadsHeadsSeqFieldEvent {
        field: '$.heads.heads[].seq';
        value: bigint;
        index: number;
    }
    interface ReplicaFrameHeadsHeadsHeadHashFieldEvent {
        field: '$.heads.heads[].headHash';
        value: Uint8Array;
        index: number;
    }
    interface ReplicaFrameHeadsHeadsForkSeqFieldEvent {
        field: '$.heads.heads[].forkSeq';
        value: bigint;
        index: number;
    }
    interface ReplicaFrameHeadsIsAnswerFieldEvent {
        field: '$.heads.isAnswer';
        value: boolean;
    }
    interface ReplicaFrameWantIdFieldEvent {
        field: '$.want.id';
        value: bigint;
    }
    interface ReplicaFrameWantItemsAuthorFieldEvent {
        field: '$.want.items[].author';
        value: Uint8Array;
        index: number;
    }
    interface ReplicaFrameWantItemsDocumentFieldEvent {
        field: '$.want.items[].document';
        value: string;
        index: number;
    }
    interface ReplicaFrameWantItemsIncarnationFieldEvent {
        field: '$.want.items[].incarnation';
        value: bigint;
        index: number;
    }
    interface ReplicaFrameWantItemsFromSeqFieldEvent {
        field: '$.want.items[].fromSeq';
        value: bigint;
        index: number;
    }
    interface ReplicaFrameRangeIdFieldEvent {
        field: '$.range.id';
        value: bigint;
    }
    interface ReplicaFrameRangeEnvelopesFieldEvent {
        field: '$.range.envelopes[]';
        index: number;
        value: Uint8Array;
    }
    interface ReplicaFrameRangeServedFieldEvent {
        field: '$.range.served';
        value: number;
    }
    interface ReplicaFramePushEnvelopesFieldEvent {
        field: '$.push.envelopes[]';
        index: number;
        value: Uint8Array;
    }
    interface ReplicaFrameForkFirstFieldEvent {
        field: '$.fork.first';
        value: Uint8Array;
    }
    interface ReplicaFrameForkSecondFieldEvent {
        field: '$.fork.second';
        value: Uint8Array;
    }
    function encode(obj: Partial<ReplicaFrame>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaFrame>): ReplicaFrame;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaFrame>): Generator<ReplicaFrameSummaryRootFieldEvent | ReplicaFrameBucketsDigestsFieldEvent | ReplicaFrameHeadsBucketsFieldEvent | ReplicaFrameHeadsHeadsAuthorFieldEvent | ReplicaFrameHeadsHeadsDocumentFieldEvent | ReplicaFrameHeadsHeadsIncarnationFieldEvent | ReplicaFrameHeadsHeadsSeqFieldEvent | ReplicaFrameHeadsHeadsHeadHashFieldEvent | ReplicaFrameHeadsHeadsForkSeqFieldEvent | ReplicaFrameHeadsIsAnswerFieldEvent | ReplicaFrameWantIdFieldEvent | ReplicaFrameWantItemsAuthorFieldEvent | ReplicaFrameWantItemsDocumentFieldEvent | ReplicaFrameWantItemsIncarnationFieldEvent | ReplicaFrameWantItemsFromSeqFieldEvent | ReplicaFrameRangeIdFieldEvent | ReplicaFrameRangeEnvelopesFieldEvent | ReplicaFrameRangeServedFieldEvent | ReplicaFramePushEnvelopesFieldEvent | ReplicaFrameForkFirstFieldEvent | ReplicaFrameForkSecondFieldEvent>;
}
export interface SignedEnvelope {
    body: Uint8Array;
    signature: Uint8Array;
}
export declare namespace SignedEnvelope {
    const codec: () => Codec<SignedEnvelope>;
    interface SignedEnvelopeBodyFieldEvent {
        field: '$.body';
        value: Uint8Array;
    }
    interface SignedEnvelopeSignatureFieldEvent {
        field: '$.signature';
        value: Uint8Array;
    }
    function encode(obj: Partial<SignedEnvelope>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedEnvelope>): SignedEnvelope;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedEnvelope>): Generator<SignedEnvelopeBodyFieldEvent | SignedEnvelopeSignatureFieldEvent>;
}
export interface EnvelopeBody {
    network: Uint8Array;
    document: string;
    author: Uint8Array;
    incarnation: bigint;
    seq: bigint;
    prev: Uint8Array;
    kind: EnvelopeBody.Kind;
    clockFrom: bigint;
    clockTo: bigint;
    update: Uint8Array;
    timeMs: bigint;
    stateHash: Uint8Array;
}
export declare namespace EnvelopeBody {
    enum Kind {
        KIND_UNSPECIFIED = "KIND_UNSPECIFIED",
        UPDATE = "UPDATE",
        SNAPSHOT = "SNAPSHOT"
    }
    namespace Kind {
        const codec: () => Codec<Kind>;
    }
    const codec: () => Codec<EnvelopeBody>;
    interface EnvelopeBodyNetworkFieldEvent {
        field: '$.network';
        value: Uint8Array;
    }
    interface EnvelopeBodyDocumentFieldEvent {
        field: '$.document';
        value: string;
    }
    interface EnvelopeBodyAuthorFieldEvent {
        field: '$.author';
        value: Uint8Array;
    }
    interface EnvelopeBodyIncarnationFieldEvent {
        field: '$.incarnation';
        value: bigint;
    }
    interface EnvelopeBodySeqFieldEvent {
        field: '$.seq';
        value: bigint;
    }
    interface EnvelopeBodyPrevFieldEvent {
        field: '$.prev';
        value: Uint8Array;
    }
    interface EnvelopeBodyKindFieldEvent {
        field: '$.kind';
        value: EnvelopeBody.Kind;
    }
    interface EnvelopeBodyClockFromFieldEvent {
        field: '$.clockFrom';
        value: bigint;
    }
    interface EnvelopeBodyClockToFieldEvent {
        field: '$.clockTo';
        value: bigint;
    }
    interface EnvelopeBodyUpdateFieldEvent {
        field: '$.update';
        value: Uint8Array;
    }
    interface EnvelopeBodyTimeMsFieldEvent {
        field: '$.timeMs';
        value: bigint;
    }
    interface EnvelopeBodyStateHashFieldEvent {
        field: '$.stateHash';
        value: Uint8Array;
    }
    function encode(obj: Partial<EnvelopeBody>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<EnvelopeBody>): EnvelopeBody;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<EnvelopeBody>): Generator<EnvelopeBodyNetworkFieldEvent | EnvelopeBodyDocumentFieldEvent | EnvelopeBodyAuthorFieldEvent | EnvelopeBodyIncarnationFieldEvent | EnvelopeBodySeqFieldEvent | EnvelopeBodyPrevFieldEvent | EnvelopeBodyKindFieldEvent | EnvelopeBodyClockFromFieldEvent | EnvelopeBodyClockToFieldEvent | EnvelopeBodyUpdateFieldEvent | EnvelopeBodyTimeMsFieldEvent | EnvelopeBodyStateHashFieldEvent>;
}
