import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface JoinFrame {
    request?: JoinFrame.Request;
    challenge?: JoinFrame.Challenge;
    answer?: JoinFrame.Answer;
    pending?: JoinFrame.Pending;
    admitted?: JoinFrame.Admitted;
    records?: JoinFrame.Records;
    refused?: JoinFrame.Refused;
    next?: JoinFrame.Next;
}
export declare namespace JoinFrame {
    interface Request {
        network: Uint8Array;
        invite: Uint8Array;
        commitment: Uint8Array;
        name: string;
        platform: string;
    }
    namespace Request {
        const codec: () => Codec<Request>;
        interface RequestNetworkFieldEvent {
            field: '$.network';
            value: Uint8Array;
        }
        interface RequestInviteFieldEvent {
            field: '$.invite';
            value: Uint8Array;
        }
        interface RequestCommitmentFieldEvent {
            field: '$.commitment';
            value: Uint8Array;
        }
        interface RequestNameFieldEvent {
            field: '$.name';
            value: string;
        }
        interface RequestPlatformFieldEvent {
            field: '$.platform';
            value: string;
        }
        function encode(obj: Partial<Request>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Request>): Request;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Request>): Generator<RequestNetworkFieldEvent | RequestInviteFieldEvent | RequestCommitmentFieldEvent | RequestNameFieldEvent | RequestPlatformFieldEvent>;
    }
    interface Challenge {
        nonce: Uint8Array;
    }
    namespace Challenge {
        const codec: () => Codec<Challenge>;
        interface ChallengeNonceFieldEvent {
            field: '$.nonce';
            value: Uint8Array;
        }
        function encode(obj: Partial<Challenge>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Challenge>): Challenge;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Challenge>): Generator<ChallengeNonceFieldEvent>;
    }
    interface Answer {
        nonce: Uint8Array;
        signature: Uint8Array;
    }
    namespace Answer {
        const codec: () => Codec<Answer>;
        interface AnswerNonceFieldEvent {
            field: '$.nonce';
            value: Uint8Array;
        }
        interface AnswerSignatureFieldEvent {
            field: '$.signature';
            value: Uint8Array;
        }
        function encode(obj: Partial<Answer>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Answer>): Answer;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Answer>): Generator<AnswerNonceFieldEvent | AnswerSignatureFieldEvent>;
    }
    interface Pending {
        waitMs: bigint;
    }
    namespace Pending {
        const codec: () => Codec<Pending>;
        interface PendingWaitMsFieldEvent {
            field: '$.waitMs';
            value: bigint;
        }
        function encode(obj: Partial<Pending>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Pending>): Pending;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Pending>): Generator<PendingWaitMsFieldEvent>;
    }
    interface Admitted {
        role: string;
        timeMs: bigint;
        groupKeys: Uint8Array[];
    }
    namespace Admitted {
        const codec: () => Codec<Admitted>;
        interface AdmittedRoleFieldEvent {
            field: '$.role';
            value: string;
        }
        interface AdmittedTimeMsFieldEvent {
            field: '$.timeMs';
            value: bigint;
        }
        interface AdmittedGroupKeysFieldEvent {
            field: '$.groupKeys[]';
            index: number;
            value: Uint8Array;
        }
        function encode(obj: Partial<Admitted>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Admitted>): Admitted;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Admitted>): Generator<AdmittedRoleFieldEvent | AdmittedTimeMsFieldEvent | AdmittedGroupKeysFieldEvent>;
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
    interface Refused {
        reason: JoinFrame.Reason;
        detail: string;
        timeMs: bigint;
        expiredAtMs: bigint;
    }
    namespace Refused {
        const codec: () => Codec<Refused>;
        interface RefusedReasonFieldEvent {
            field: '$.reason';
            value: JoinFrame.Reason;
        }
        interface RefusedDetailFieldEvent {
            field: '$.detail';
            value: string;
        }
        interface RefusedTimeMsFieldEvent {
            field: '$.timeMs';
            value: bigint;
        }
        interface RefusedExpiredAtMsFieldEvent {
            field: '$.expiredAtMs';
            value: bigint;
        }
        function encode(obj: Partial<Refused>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Refused>): Refused;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Refused>): Generator<RefusedReasonFieldEvent | RefusedDetailFieldEvent | RefusedTimeMsFieldEvent | RefusedExpiredAtMsFieldEvent>;
    }
    enum Reason {
        REASON_UNSPECIFIED = "REASON_UNSPECIFIED",
        WRONG_NETWORK = "WRONG_NETWORK",
        UNKNOWN_INVITE = "UNKNOWN_INVITE",
        EXPIRED = "EXPIRED",
        USED_UP = "USED_UP",
        CANCELLED = "CANCELLED",
        INVITER_REMOVED = "INVITER_REMOVED",
        REVOKED = "REVOKED",
        DENIED = "DENIED",
        APPROVAL_TIMEOUT = "APPROVAL_TIMEOUT",
        NOT_AN_ADMIN = "NOT_AN_ADMIN",
        BAD_PROOF = "BAD_PROOF",
        BUSY = "BUSY",
        ALREADY_MEMBER = "ALREADY_MEMBER",
        IN_REVIEW = "IN_REVIEW",
        BAD_NAME = "BAD_NAME"
    }
    namespace Reason {
        const codec: () => Codec<Reason>;
    }
    const codec: () => Codec<JoinFrame>;
    interface JoinFrameRequestNetworkFieldEvent {
        field: '$.request.network';
        value: Uint8Array;
    }
    interface JoinFrameRequestInviteFieldEvent {
        field: '$.request.invite';
        value: Uint8Array;
    }
    interface JoinFrameRequestCommitmentFieldEvent {
        field: '$.request.commitment';
        value: Uint8Array;
    }
    interface JoinFrameRequestNameFieldEvent {
        field: '$.request.name';
        value: string;
    }
    interface JoinFrameRequestPlatformFieldEvent {
        field: '$.request.platform';
        value: string;
    }
    interface JoinFrameChallengeNonceFieldEvent {
        field: '$.challenge.nonce';
        value: Uint8Array;
    }
    interface JoinFrameAnswerNonceFieldEvent {
        field: '$.answer.nonce';
        value: Uint8Array;
    }
    interface JoinFrameAnswerSignatureFieldEvent {
        field: '$.answer.signature';
        value: Uint8Array;
    }
    interface JoinFramePendingWaitMsFieldEvent {
        field: '$.pending.waitMs';
        value: bigint;
    }
    interface JoinFrameAdmittedRoleFieldEvent {
        field: '$.admitted.role';
        value: string;
    }
    interface JoinFrameAdmittedTimeMsFieldEvent {
        field: '$.admitted.timeMs';
        value: bigint;
    }
    interface JoinFrameAdmittedGroupKeysFieldEvent {
        field: '$.admitted.groupKeys[]';
        index: number;
        value: Uint8Array;
    }
    interface JoinFrameRecordsRecordsFieldEvent {
        field: '$.records.records[]';
        index: number;
        value: Uint8Array;
    }
    interface JoinFrameRecordsMoreFieldEvent {
        field: '$.records.more';
        value: boolean;
    }
    interface JoinFrameRefusedReasonFieldEvent {
        field: '$.refused.reason';
        value: JoinFrame.Reason;
    }
    interface JoinFrameRefusedDetailFieldEvent {
        field: '$.refused.detail';
        value: string;
    }
    interface JoinFrameRefusedTimeMsFieldEvent {
        field: '$.refused.timeMs';
        value: bigint;
    }
    interface JoinFrameRefusedExpiredAtMsFieldEvent {
        field: '$.refused.expiredAtMs';
        value: bigint;
    }
    function encode(obj: Partial<JoinFrame>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<JoinFrame>): JoinFrame;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<JoinFrame>): Generator<JoinFrameRequestNetworkFieldEvent | JoinFrameRequestInviteFieldEvent | JoinFrameRequestCommitmentFieldEvent | JoinFrameRequestNameFieldEvent | JoinFrameRequestPlatformFieldEvent | JoinFrameChallengeNonceFieldEvent | JoinFrameAnswerNonceFieldEvent | JoinFrameAnswerSignatureFieldEvent | JoinFramePendingWaitMsFieldEvent | JoinFrameAdmittedRoleFieldEvent | JoinFrameAdmittedTimeMsFieldEvent | JoinFrameAdmittedGroupKeysFieldEvent | JoinFrameRecordsRecordsFieldEvent | JoinFrameRecordsMoreFieldEvent | JoinFrameRefusedReasonFieldEvent | JoinFrameRefusedDetailFieldEvent | JoinFrameRefusedTimeMsFieldEvent | JoinFrameRefusedExpiredAtMsFieldEvent>;
}
