import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface ReplicaHead {
    incarnation: bigint;
    seq: bigint;
    headHash: Uint8Array;
    clock: bigint;
    snapshotSeq: bigint;
    previousSnapshotSeq: bigint;
    oldestSeq: bigint;
    tailBytes: bigint;
    forkSeq: bigint;
    value: Uint8Array;
    checksum: number;
    isOwn: boolean;
}
export declare namespace ReplicaHead {
    const codec: () => Codec<ReplicaHead>;
    interface ReplicaHeadIncarnationFieldEvent {
        field: '$.incarnation';
        value: bigint;
    }
    interface ReplicaHeadSeqFieldEvent {
        field: '$.seq';
        value: bigint;
    }
    interface ReplicaHeadHeadHashFieldEvent {
        field: '$.headHash';
        value: Uint8Array;
    }
    interface ReplicaHeadClockFieldEvent {
        field: '$.clock';
        value: bigint;
    }
    interface ReplicaHeadSnapshotSeqFieldEvent {
        field: '$.snapshotSeq';
        value: bigint;
    }
    interface ReplicaHeadPreviousSnapshotSeqFieldEvent {
        field: '$.previousSnapshotSeq';
        value: bigint;
    }
    interface ReplicaHeadOldestSeqFieldEvent {
        field: '$.oldestSeq';
        value: bigint;
    }
    interface ReplicaHeadTailBytesFieldEvent {
        field: '$.tailBytes';
        value: bigint;
    }
    interface ReplicaHeadForkSeqFieldEvent {
        field: '$.forkSeq';
        value: bigint;
    }
    interface ReplicaHeadValueFieldEvent {
        field: '$.value';
        value: Uint8Array;
    }
    interface ReplicaHeadChecksumFieldEvent {
        field: '$.checksum';
        value: number;
    }
    interface ReplicaHeadIsOwnFieldEvent {
        field: '$.isOwn';
        value: boolean;
    }
    function encode(obj: Partial<ReplicaHead>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaHead>): ReplicaHead;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaHead>): Generator<ReplicaHeadIncarnationFieldEvent | ReplicaHeadSeqFieldEvent | ReplicaHeadHeadHashFieldEvent | ReplicaHeadClockFieldEvent | ReplicaHeadSnapshotSeqFieldEvent | ReplicaHeadPreviousSnapshotSeqFieldEvent | ReplicaHeadOldestSeqFieldEvent | ReplicaHeadTailBytesFieldEvent | ReplicaHeadForkSeqFieldEvent | ReplicaHeadValueFieldEvent | ReplicaHeadChecksumFieldEvent | ReplicaHeadIsOwnFieldEvent>;
}
export interface ReplicaState {
    update: Uint8Array;
    checksum: number;
}
export declare namespace ReplicaState {
    const codec: () => Codec<ReplicaState>;
    interface ReplicaStateUpdateFieldEvent {
        field: '$.update';
        value: Uint8Array;
    }
    interface ReplicaStateChecksumFieldEvent {
        field: '$.checksum';
        value: number;
    }
    function encode(obj: Partial<ReplicaState>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaState>): ReplicaState;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaState>): Generator<ReplicaStateUpdateFieldEvent | ReplicaStateChecksumFieldEvent>;
}
export interface ReplicaFork {
    first: Uint8Array;
    second: Uint8Array;
}
export declare namespace ReplicaFork {
    const codec: () => Codec<ReplicaFork>;
    interface ReplicaForkFirstFieldEvent {
        field: '$.first';
        value: Uint8Array;
    }
    interface ReplicaForkSecondFieldEvent {
        field: '$.second';
        value: Uint8Array;
    }
    function encode(obj: Partial<ReplicaFork>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaFork>): ReplicaFork;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReplicaFork>): Generator<ReplicaForkFirstFieldEvent | ReplicaForkSecondFieldEvent>;
}
