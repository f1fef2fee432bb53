import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface TrustFrame {
    frontier?: TrustFrame.Frontier;
    records?: TrustFrame.Records;
    groupKeys?: TrustFrame.GroupKeys;
}
export declare namespace TrustFrame {
    interface Frontier {
        heads: Uint8Array[];
        wantedKeys: Uint8Array[];
    }
    namespace Frontier {
        const codec: () => Codec<Frontier>;
        interface FrontierHeadsFieldEvent {
            field: '$.heads[]';
            index: number;
            value: Uint8Array;
        }
        interface FrontierWantedKeysFieldEvent {
            field: '$.wantedKeys[]';
            index: number;
            value: Uint8Array;
        }
        function encode(obj: Partial<Frontier>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Frontier>): Frontier;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Frontier>): Generator<FrontierHeadsFieldEvent | FrontierWantedKeysFieldEvent>;
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
    interface GroupKeys {
        keys: Uint8Array[];
    }
    namespace GroupKeys {
        const codec: () => Codec<GroupKeys>;
        interface GroupKeysKeysFieldEvent {
            field: '$.keys[]';
            index: number;
            value: Uint8Array;
        }
        function encode(obj: Partial<GroupKeys>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<GroupKeys>): GroupKeys;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<GroupKeys>): Generator<GroupKeysKeysFieldEvent>;
    }
    const codec: () => Codec<TrustFrame>;
    interface TrustFrameFrontierHeadsFieldEvent {
        field: '$.frontier.heads[]';
        index: number;
        value: Uint8Array;
    }
    interface TrustFrameFrontierWantedKeysFieldEvent {
        field: '$.frontier.wantedKeys[]';
        index: number;
        value: Uint8Array;
    }
    interface TrustFrameRecordsRecordsFieldEvent {
        field: '$.records.records[]';
        index: number;
        value: Uint8Array;
    }
    interface TrustFrameRecordsMoreFieldEvent {
        field: '$.records.more';
        value: boolean;
    }
    interface TrustFrameGroupKeysKeysFieldEvent {
        field: '$.groupKeys.keys[]';
        index: number;
        value: Uint8Array;
    }
    function encode(obj: Partial<TrustFrame>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<TrustFrame>): TrustFrame;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<TrustFrame>): Generator<TrustFrameFrontierHeadsFieldEvent | TrustFrameFrontierWantedKeysFieldEvent | TrustFrameRecordsRecordsFieldEvent | TrustFrameRecordsMoreFieldEvent | TrustFrameGroupKeysKeysFieldEvent>;
}
