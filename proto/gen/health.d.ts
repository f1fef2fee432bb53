import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface HealthFrame {
    ping?: HealthFrame.Ping;
    pong?: HealthFrame.Pong;
    ask?: HealthFrame.Ask;
    answer?: HealthFrame.Answer;
    suspicion?: HealthFrame.Suspicion;
    linkStates?: HealthFrame.LinkStates;
    goodbye?: HealthFrame.Goodbye;
}
export declare namespace HealthFrame {
    interface Ping {
        seq: number;
        strain: number;
    }
    namespace Ping {
        const codec: () => Codec<Ping>;
        interface PingSeqFieldEvent {
            field: '$.seq';
            value: number;
        }
        interface PingStrainFieldEvent {
            field: '$.strain';
            value: number;
        }
        function encode(obj: Partial<Ping>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Ping>): Ping;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Ping>): Generator<PingSeqFieldEvent | PingStrainFieldEvent>;
    }
    interface Pong {
        seq: number;
        strain: number;
        nowMs: bigint;
    }
    namespace Pong {
        const codec: () => Codec<Pong>;
        interface PongSeqFieldEvent {
            field: '$.seq';
            value: number;
        }
        interface PongStrainFieldEvent {
            field: '$.strain';
            value: number;
        }
        interface PongNowMsFieldEvent {
            field: '$.nowMs';
            value: bigint;
        }
        function encode(obj: Partial<Pong>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Pong>): Pong;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Pong>): Generator<PongSeqFieldEvent | PongStrainFieldEvent | PongNowMsFieldEvent>;
    }
    interface Ask {
        device: string;
    }
    namespace Ask {
        const codec: () => Codec<Ask>;
        interface AskDeviceFieldEvent {
            field: '$.device';
            value: string;
        }
        function encode(obj: Partial<Ask>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Ask>): Ask;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Ask>): Generator<AskDeviceFieldEvent>;
    }
    interface Answer {
        device: string;
        sight: HealthFrame.Sight;
        ageMs: number;
    }
    namespace Answer {
        const codec: () => Codec<Answer>;
        interface AnswerDeviceFieldEvent {
            field: '$.device';
            value: string;
        }
        interface AnswerSightFieldEvent {
            field: '$.sight';
            value: HealthFrame.Sight;
        }
        interface AnswerAgeMsFieldEvent {
            field: '$.ageMs';
            value: number;
        }
        function encode(obj: Partial<Answer>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Answer>): Answer;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Answer>): Generator<AnswerDeviceFieldEvent | AnswerSightFieldEvent | AnswerAgeMsFieldEvent>;
    }
    interface Suspicion {
        device: string;
    }
    namespace Suspicion {
        const codec: () => Codec<Suspicion>;
        interface SuspicionDeviceFieldEvent {
            field: '$.device';
            value: string;
        }
        function encode(obj: Partial<Suspicion>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Suspicion>): Suspicion;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Suspicion>): Generator<SuspicionDeviceFieldEvent>;
    }
    interface LinkStates {
        signed: Uint8Array[];
    }
    namespace LinkStates {
        const codec: () => Codec<LinkStates>;
        interface LinkStatesSignedFieldEvent {
            field: '$.signed[]';
            index: number;
            value: Uint8Array;
        }
        function encode(obj: Partial<LinkStates>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LinkStates>): LinkStates;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LinkStates>): Generator<LinkStatesSignedFieldEvent>;
    }
    interface Goodbye {
    }
    namespace Goodbye {
        const codec: () => Codec<Goodbye>;
        function encode(obj: Partial<Goodbye>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Goodbye>): Goodbye;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Goodbye>): Generator<{}>;
    }
    enum Sight {
        SIGHT_UNSPECIFIED = "SIGHT_UNSPECIFIED",
        HEARD = "HEARD",
        SILENT = "SILENT",
        NO_LINK = "NO_LINK"
    }
    namespace Sight {
        const codec: () => Codec<Sight>;
    }
    const codec: () => Codec<HealthFrame>;
    interface HealthFramePingSeqFieldEvent {
        field: '$.ping.seq';
        value: number;
    }
    interface HealthFramePingStrainFieldEvent {
        field: '$.ping.strain';
        value: number;
    }
    interface HealthFramePongSeqFieldEvent {
        field: '$.pong.seq';
        value: number;
    }
    interface HealthFramePongStrainFieldEvent {
        field: '$.pong.strain';
        value: number;
    }
    interface HealthFramePongNowMsFieldEvent {
        field: '$.pong.nowMs';
        value: bigint;
    }
    interface HealthFrameAskDeviceFieldEvent {
        field: '$.ask.device';
        value: string;
    }
    interface HealthFrameAnswerDeviceFieldEvent {
        field: '$.answer.device';
        value: string;
    }
    interface HealthFrameAnswerSightFieldEvent {
        field: '$.answer.sight';
        value: HealthFrame.Sight;
    }
    interface HealthFrameAnswerAgeMsFieldEvent {
        field: '$.answer.ageMs';
        value: number;
    }
    interface HealthFrameSuspicionDeviceFieldEvent {
        field: '$.suspicion.device';
        value: string;
    }
    interface HealthFrameLinkStatesSignedFieldEvent {
        field: '$.linkStates.signed[]';
        index: number;
        value: Uint8Array;
    }
    function encode(obj: Partial<HealthFrame>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HealthFrame>): HealthFrame;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HealthFrame>): Generator<HealthFramePingSeqFieldEvent | HealthFramePingStrainFieldEvent | HealthFramePongSeqFieldEvent | HealthFramePongStrainFieldEvent | HealthFramePongNowMsFieldEvent | HealthFrameAskDeviceFieldEvent | HealthFrameAnswerDeviceFieldEvent | HealthFrameAnswerSightFieldEvent | HealthFrameAnswerAgeMsFieldEvent | HealthFrameSuspicionDeviceFieldEvent | HealthFrameLinkStatesSignedFieldEvent>;
}
export interface SignedLinkState {
    payload: Uint8Array;
    signature: Uint8Array;
}
export declare namespace SignedLinkState {
    const codec: () => Codec<SignedLinkState>;
    interface SignedLinkStatePayloadFieldEvent {
        field: '$.payload';
        value: Uint8Array;
    }
    interface SignedLinkStateSignatureFieldEvent {
        field: '$.signature';
        value: Uint8Array;
    }
    function encode(obj: Partial<SignedLinkState>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedLinkState>): SignedLinkState;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedLinkState>): Generator<SignedLinkStatePayloadFieldEvent | SignedLinkStateSignatureFieldEvent>;
}
export interface LinkState {
    network: string;
    observer: string;
    incarnation: bigint;
    seq: bigint;
    links: LinkState.Link[];
    views: LinkState.View[];
}
export declare namespace LinkState {
    interface Link {
        peer: string;
        kind: LinkState.PathKind;
        rttUs: number;
        loss: number;
    }
    namespace Link {
        const codec: () => Codec<Link>;
        interface LinkPeerFieldEvent {
            field: '$.peer';
            value: string;
        }
        interface LinkKindFieldEvent {
            field: '$.kind';
            value: LinkState.PathKind;
        }
        interface LinkRttUsFieldEvent {
            field: '$.rttUs';
            value: number;
        }
        interface LinkLossFieldEvent {
            field: '$.loss';
            value: number;
        }
        function encode(obj: Partial<Link>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Link>): Link;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Link>): Generator<LinkPeerFieldEvent | LinkKindFieldEvent | LinkRttUsFieldEvent | LinkLossFieldEvent>;
    }
    interface View {
        device: string;
        health: LinkState.Health;
    }
    namespace View {
        const codec: () => Codec<View>;
        interface ViewDeviceFieldEvent {
            field: '$.device';
            value: string;
        }
        interface ViewHealthFieldEvent {
            field: '$.health';
            value: LinkState.Health;
        }
        function encode(obj: Partial<View>): Uint8Array;
        function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<View>): View;
        function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<View>): Generator<ViewDeviceFieldEvent | ViewHealthFieldEvent>;
    }
    enum PathKind {
        PATH_KIND_UNSPECIFIED = "PATH_KIND_UNSPECIFIED",
        LOCAL = "LOCAL",
        DIRECT = "DIRECT",
        HOLE_PUNCHED = "HOLE_PUNCHED",
        RELAYED = "RELAYED"
    }
    namespace PathKind {
        const codec: () => Codec<PathKind>;
    }
    enum Health {
        HEALTH_UNSPECIFIED = "HEALTH_UNSPECIFIED",
        ALIVE = "ALIVE",
        SUSPECT = "SUSPECT",
        FAILED = "FAILED"
    }
    namespace Health {
        const codec: () => Codec<Health>;
    }
    const codec: () => Codec<LinkState>;
    interface LinkStateNetworkFieldEvent {
        field: '$.network';
        value: string;
    }
    interface LinkStateObserverFieldEvent {
        field: '$.observer';
        value: string;
    }
    interface LinkStateIncarnationFieldEvent {
        field: '$.incarnation';
        value: bigint;
    }
    interface LinkStateSeqFieldEvent {
        field: '$.seq';
        value: bigint;
    }
    interface LinkStateLinksPeerFieldEvent {
        field: '$.links[].peer';
        value: string;
        index: number;
    }
    interface LinkStateLinksKindFieldEvent {
        field: '$.links[].kind';
        value: LinkState.PathKind;
        index: number;
    }
    interface LinkStateLinksRttUsFieldEvent {
        field: '$.links[].rttUs';
        value: number;
        index: number;
    }
    interface LinkStateLinksLossFieldEvent {
        field: '$.links[].loss';
        value: number;
        index: number;
    }
    interface LinkStateViewsDeviceFieldEvent {
        field: '$.views[].device';
        value: string;
        index: number;
    }
    interface LinkStateViewsHealthFieldEvent {
        field: '$.views[].health';
        value: LinkState.Health;
        index: number;
    }
    function encode(obj: Partial<LinkState>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LinkState>): LinkState;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LinkState>): Generator<LinkStateNetworkFieldEvent | LinkStateObserverFieldEvent | LinkStateIncarnationFieldEvent | LinkStateSeqFieldEvent | LinkStateLinksPeerFieldEvent | LinkStateLinksKindFieldEvent | LinkStateLinksRttUsFieldEvent | LinkStateLinksLossFieldEvent | LinkStateViewsDeviceFieldEvent | LinkStateViewsHealthFieldEvent>;
}
