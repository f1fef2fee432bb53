/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, enumeration, MaxLengthError, message, streamMessage } from 'protons-runtime';
import { alloc as uint8ArrayAlloc } from 'uint8arrays/alloc';
export var JoinFrame;
(function (JoinFrame) {
    let Request;
    (function (Request) {
        let _codec;
        Request.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.network != null && obj.network.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.network);
                    }
                    if ((obj.invite != null && obj.invite.byteLength > 0)) {
                        w.uint32(18);
                        w.bytes(obj.invite);
                    }
                    if ((obj.commitment != null && obj.commitment.byteLength > 0)) {
                        w.uint32(26);
                        w.bytes(obj.commitment);
                    }
                    if ((obj.name != null && obj.name !== '')) {
                        w.uint32(34);
                        w.string(obj.name);
                    }
                    if ((obj.platform != null && obj.platform !== '')) {
                        w.uint32(42);
                        w.string(obj.platform);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        network: uint8ArrayAlloc(0),
                        invite: uint8ArrayAlloc(0),
                        commitment: uint8ArrayAlloc(0),
                        name: '',
                        platform: ''
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.network = reader.bytes();
                                break;
                            }
                            case 2: {
                                obj.invite = reader.bytes();
                                break;
                            }
                            case 3: {
                                obj.commitment = reader.bytes();
                                break;
                            }
                            case 4: {
                                obj.name = reader.string();
                                break;
                            }
                            case 5: {
                                obj.platform = reader.string();
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.network`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.invite`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.commitment`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 4: {
                                yield {
                                    field: `${prefix}.name`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 5: {
                                yield {
                                    field: `${prefix}.platform`,
                                    value: reader.string()
                                };
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Request.codec());
        }
        Request.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Request.codec(), opts);
        }
        Request.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Request.codec(), opts);
        }
        Request.stream = stream;
    })(Request = JoinFrame.Request || (JoinFrame.Request = {}));
    let Challenge;
    (function (Challenge) {
        let _codec;
        Challenge.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.nonce != null && obj.nonce.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.nonce);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        nonce: uint8ArrayAlloc(0)
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.nonce = reader.bytes();
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.nonce`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Challenge.codec());
        }
        Challenge.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Challenge.codec(), opts);
        }
        Challenge.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Challenge.codec(), opts);
        }
        Challenge.stream = stream;
    })(Challenge = JoinFrame.Challenge || (JoinFrame.Challenge = {}));
    let Answer;
    (function (Answer) {
        let _codec;
        Answer.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.nonce != null && obj.nonce.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.nonce);
                    }
                    if ((obj.signature != null && obj.signature.byteLength > 0)) {
                        w.uint32(18);
                        w.bytes(obj.signature);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        nonce: uint8ArrayAlloc(0),
                        signature: uint8ArrayAlloc(0)
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.nonce = reader.bytes();
                                break;
                            }
                            case 2: {
                                obj.signature = reader.bytes();
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.nonce`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.signature`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Answer.codec());
        }
        Answer.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Answer.codec(), opts);
        }
        Answer.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Answer.codec(), opts);
        }
        Answer.stream = stream;
    })(Answer = JoinFrame.Answer || (JoinFrame.Answer = {}));
    let Pending;
    (function (Pending) {
        let _codec;
        Pending.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.waitMs != null && obj.waitMs !== 0n)) {
                        w.uint32(8);
                        writeUint64(w, obj.waitMs);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        waitMs: 0n
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.waitMs = reader.uint64();
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.waitMs`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Pending.codec());
        }
        Pending.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Pending.codec(), opts);
        }
        Pending.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Pending.codec(), opts);
        }
        Pending.stream = stream;
    })(Pending = JoinFrame.Pending || (JoinFrame.Pending = {}));
    let Admitted;
    (function (Admitted) {
        let _codec;
        Admitted.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.role != null && obj.role !== '')) {
                        w.uint32(10);
                        w.string(obj.role);
                    }
                    if ((obj.timeMs != null && obj.timeMs !== 0n)) {
                        w.uint32(16);
                        writeUint64(w, obj.timeMs);
                    }
                    if (obj.groupKeys != null && obj.groupKeys.length > 0) {
                        for (const value of obj.groupKeys) {
                            w.uint32(26);
                            w.bytes(value);
                        }
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        role: '',
                        timeMs: 0n,
                        groupKeys: []
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.role = reader.string();
                                break;
                            }
                            case 2: {
                                obj.timeMs = reader.uint64();
                                break;
                            }
                            case 3: {
                                if (opts.limits?.groupKeys != null && obj.groupKeys.length === opts.limits.groupKeys) {
                                    throw new MaxLengthError('Decode error - repeated field "groupKeys" had too many elements');
                                }
                                obj.groupKeys.push(reader.bytes());
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const obj = {
                        groupKeys: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.role`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.timeMs`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            case 3: {
                                if (opts.limits?.groupKeys != null && obj.groupKeys === opts.limits.groupKeys) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "groupKeys" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.groupKeys[]`,
                                    index: obj.groupKeys,
                                    value: reader.bytes()
                                };
                                obj.groupKeys++;
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Admitted.codec());
        }
        Admitted.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Admitted.codec(), opts);
        }
        Admitted.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Admitted.codec(), opts);
        }
        Admitted.stream = stream;
    })(Admitted = JoinFrame.Admitted || (JoinFrame.Admitted = {}));
    let Records;
    (function (Records) {
        let _codec;
        Records.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if (obj.records != null && obj.records.length > 0) {
                        for (const value of obj.records) {
                            w.uint32(10);
                            w.bytes(value);
                        }
                    }
                    if ((obj.more != null && obj.more !== false)) {
                        w.uint32(16);
                        w.bool(obj.more);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        records: [],
                        more: false
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.records != null && obj.records.length === opts.limits.records) {
                                    throw new MaxLengthError('Decode error - repeated field "records" had too many elements');
                                }
                                obj.records.push(reader.bytes());
                                break;
                            }
                            case 2: {
                                obj.more = reader.bool();
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const obj = {
                        records: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.records != null && obj.records === opts.limits.records) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "records" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.records[]`,
                                    index: obj.records,
                                    value: reader.bytes()
                                };
                                obj.records++;
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.more`,
                                    value: reader.bool()
                                };
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Records.codec());
        }
        Records.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Records.codec(), opts);
        }
        Records.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Records.codec(), opts);
        }
        Records.stream = stream;
    })(Records = JoinFrame.Records || (JoinFrame.Records = {}));
    let Next;
    (function (Next) {
        let _codec;
        Next.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {};
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Next.codec());
        }
        Next.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Next.codec(), opts);
        }
        Next.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Next.codec(), opts);
        }
        Next.stream = stream;
    })(Next = JoinFrame.Next || (JoinFrame.Next = {}));
    let Refused;
    (function (Refused) {
        let _codec;
        Refused.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if (obj.reason != null && __ReasonValues[obj.reason] !== 0) {
                        w.uint32(8);
                        JoinFrame.Reason.codec().encode(obj.reason, w);
                    }
                    if ((obj.detail != null && obj.detail !== '')) {
                        w.uint32(18);
                        w.string(obj.detail);
                    }
                    if ((obj.timeMs != null && obj.timeMs !== 0n)) {
                        w.uint32(24);
                        writeUint64(w, obj.timeMs);
                    }
                    if ((obj.expiredAtMs != null && obj.expiredAtMs !== 0n)) {
                        w.uint32(32);
                        writeUint64(w, obj.expiredAtMs);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        reason: Reason.REASON_UNSPECIFIED,
                        detail: '',
                        timeMs: 0n,
                        expiredAtMs: 0n
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.reason = JoinFrame.Reason.codec().decode(reader);
                                break;
                            }
                            case 2: {
                                obj.detail = reader.string();
                                break;
                            }
                            case 3: {
                                obj.timeMs = reader.uint64();
                                break;
                            }
                            case 4: {
                                obj.expiredAtMs = reader.uint64();
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                    return obj;
                }, function* (reader, length, prefix, opts = {}) {
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.reason`,
                                    value: JoinFrame.Reason.codec().decode(reader)
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.detail`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.timeMs`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            case 4: {
                                yield {
                                    field: `${prefix}.expiredAtMs`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            default: {
                                reader.skipType(tag & 7);
                                break;
                            }
                        }
                    }
                });
            }
            return _codec;
        };
        function encode(obj) {
            return encodeMessage(obj, Refused.codec());
        }
        Refused.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Refused.codec(), opts);
        }
        Refused.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Refused.codec(), opts);
        }
        Refused.stream = stream;
    })(Refused = JoinFrame.Refused || (JoinFrame.Refused = {}));
    let Reason;
    (function (Reason) {
        Reason["REASON_UNSPECIFIED"] = "REASON_UNSPECIFIED";
        Reason["WRONG_NETWORK"] = "WRONG_NETWORK";
        Reason["UNKNOWN_INVITE"] = "UNKNOWN_INVITE";
        Reason["EXPIRED"] = "EXPIRED";
        Reason["USED_UP"] = "USED_UP";
        Reason["CANCELLED"] = "CANCELLED";
        Reason["INVITER_REMOVED"] = "INVITER_REMOVED";
        Reason["REVOKED"] = "REVOKED";
        Reason["DENIED"] = "DENIED";
        Reason["APPROVAL_TIMEOUT"] = "APPROVAL_TIMEOUT";
        Reason["NOT_AN_ADMIN"] = "NOT_AN_ADMIN";
        Reason["BAD_PROOF"] = "BAD_PROOF";
        Reason["BUSY"] = "BUSY";
        Reason["ALREADY_MEMBER"] = "ALREADY_MEMBER";
        Reason["IN_REVIEW"] = "IN_REVIEW";
        Reason["BAD_NAME"] = "BAD_NAME";
    })(Reason = JoinFrame.Reason || (JoinFrame.Reason = {}));
    let __ReasonValues;
    (function (__ReasonValues) {
        __ReasonValues[__ReasonValues["REASON_UNSPECIFIED"] = 0] = "REASON_UNSPECIFIED";
        __ReasonValues[__ReasonValues["WRONG_NETWORK"] = 1] = "WRONG_NETWORK";
        __ReasonValues[__ReasonValues["UNKNOWN_INVITE"] = 2] = "UNKNOWN_INVITE";
        __ReasonValues[__ReasonValues["EXPIRED"] = 3] = "EXPIRED";
        __ReasonValues[__ReasonValues["USED_UP"] = 4] = "USED_UP";
        __ReasonValues[__ReasonValues["CANCELLED"] = 5] = "CANCELLED";
        __ReasonValues[__ReasonValues["INVITER_REMOVED"] = 6] = "INVITER_REMOVED";
        __ReasonValues[__ReasonValues["REVOKED"] = 7] = "REVOKED";
        __ReasonValues[__ReasonValues["DENIED"] = 8] = "DENIED";
        __ReasonValues[__ReasonValues["APPROVAL_TIMEOUT"] = 9] = "APPROVAL_TIMEOUT";
        __ReasonValues[__ReasonValues["NOT_AN_ADMIN"] = 10] = "NOT_AN_ADMIN";
        __ReasonValues[__ReasonValues["BAD_PROOF"] = 11] = "BAD_PROOF";
        __ReasonValues[__ReasonValues["BUSY"] = 12] = "BUSY";
        __ReasonValues[__ReasonValues["ALREADY_MEMBER"] = 13] = "ALREADY_MEMBER";
        __ReasonValues[__ReasonValues["IN_REVIEW"] = 14] = "IN_REVIEW";
        __ReasonValues[__ReasonValues["BAD_NAME"] = 15] = "BAD_NAME";
    })(__ReasonValues || (__ReasonValues = {}));
    (function (Reason) {
        Reason.codec = () => {
            return enumeration(__ReasonValues);
        };
    })(Reason = JoinFrame.Reason || (JoinFrame.Reason = {}));
    let _codec;
    JoinFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.next != null) {
                    obj.refused = undefined;
                    obj.records = undefined;
                    obj.admitted = undefined;
                    obj.pending = undefined;
                    obj.answer = undefined;
                    obj.challenge = undefined;
                    obj.request = undefined;
                }
                if (obj.refused != null) {
                    obj.next = undefined;
                    obj.records = undefined;
                    obj.admitted = undefined;
                    obj.pending = undefined;
                    obj.answer = undefined;
                    obj.challenge = undefined;
                    obj.request = undefined;
                }
                if (obj.records != null) {
                    obj.next = undefined;
                    obj.refused = undefined;
                    obj.admitted = undefined;
                    obj.pending = undefined;
                    obj.answer = undefined;
                    obj.challenge = undefined;
                    obj.request = undefined;
                }
                if (obj.admitted != null) {
                    obj.next = undefined;
                    obj.refused = undefined;
                    obj.records = undefined;
                    obj.pending = undefined;
                    obj.answer = undefined;
                    obj.challenge = undefined;
                    obj.request = undefined;
                }
                if (obj.pending != null) {
                    obj.next = undefined;
                    obj.refused = undefined;
                    obj.records = undefined;
                    obj.admitted = undefined;
                    obj.answer = undefined;
                    obj.challenge = undefined;
                    obj.request = undefined;
                }
                if (obj.answer != null) {
                    obj.next = undefined;
                    obj.refused = undefined;
                    obj.records = undefined;
                    obj.admitted = undefined;
                    obj.pending = undefined;
                    obj.challenge = undefined;
                    obj.request = undefined;
                }
                if (obj.challenge != null) {
                    obj.next = undefined;
                    obj.refused = undefined;
                    obj.records = undefined;
                    obj.admitted = undefined;
                    obj.pending = undefined;
                    obj.answer = undefined;
                    obj.request = undefined;
                }
                if (obj.request != null) {
                    obj.next = undefined;
                    obj.refused = undefined;
                    obj.records = undefined;
                    obj.admitted = undefined;
                    obj.pending = undefined;
                    obj.answer = undefined;
                    obj.challenge = undefined;
                }
                if (obj.request != null) {
                    w.uint32(10);
                    JoinFrame.Request.codec().encode(obj.request, w);
                }
                if (obj.challenge != null) {
                    w.uint32(18);
                    JoinFrame.Challenge.codec().encode(obj.challenge, w);
                }
                if (obj.answer != null) {
                    w.uint32(26);
                    JoinFrame.Answer.codec().encode(obj.answer, w);
                }
                if (obj.pending != null) {
                    w.uint32(34);
                    JoinFrame.Pending.codec().encode(obj.pending, w);
                }
                if (obj.admitted != null) {
                    w.uint32(42);
                    JoinFrame.Admitted.codec().encode(obj.admitted, w);
                }
                if (obj.records != null) {
                    w.uint32(50);
                    JoinFrame.Records.codec().encode(obj.records, w);
                }
                if (obj.refused != null) {
                    w.uint32(58);
                    JoinFrame.Refused.codec().encode(obj.refused, w);
                }
                if (obj.next != null) {
                    w.uint32(66);
                    JoinFrame.Next.codec().encode(obj.next, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {};
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.request = JoinFrame.Request.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.request
                            });
                            break;
                        }
                        case 2: {
                            obj.challenge = JoinFrame.Challenge.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.challenge
                            });
                            break;
                        }
                        case 3: {
                            obj.answer = JoinFrame.Answer.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.answer
                            });
                            break;
                        }
                        case 4: {
                            obj.pending = JoinFrame.Pending.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.pending
                            });
                            break;
                        }
                        case 5: {
                            obj.admitted = JoinFrame.Admitted.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.admitted
                            });
                            break;
                        }
                        case 6: {
                            obj.records = JoinFrame.Records.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.records
                            });
                            break;
                        }
                        case 7: {
                            obj.refused = JoinFrame.Refused.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.refused
                            });
                            break;
                        }
                        case 8: {
                            obj.next = JoinFrame.Next.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.next
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.next != null) {
                    delete obj.refused;
                    delete obj.records;
                    delete obj.admitted;
                    delete obj.pending;
                    delete obj.answer;
                    delete obj.challenge;
                    delete obj.request;
                }
                if (obj.refused != null) {
                    delete obj.next;
                    delete obj.records;
                    delete obj.admitted;
                    delete obj.pending;
                    delete obj.answer;
                    delete obj.challenge;
                    delete obj.request;
                }
                if (obj.records != null) {
                    delete obj.next;
                    delete obj.refused;
                    delete obj.admitted;
                    delete obj.pending;
                    delete obj.answer;
                    delete obj.challenge;
                    delete obj.request;
                }
                if (obj.admitted != null) {
                    delete obj.next;
                    delete obj.refused;
                    delete obj.records;
                    delete obj.pending;
                    delete obj.answer;
                    delete obj.challenge;
                    delete obj.request;
                }
                if (obj.pending != null) {
                    delete obj.next;
                    delete obj.refused;
                    delete obj.records;
                    delete obj.admitted;
                    delete obj.answer;
                    delete obj.challenge;
                    delete obj.request;
                }
                if (obj.answer != null) {
                    delete obj.next;
                    delete obj.refused;
                    delete obj.records;
                    delete obj.admitted;
                    delete obj.pending;
                    delete obj.challenge;
                    delete obj.request;
                }
                if (obj.challenge != null) {
                    delete obj.next;
                    delete obj.refused;
                    delete obj.records;
                    delete obj.admitted;
                    delete obj.pending;
                    delete obj.answer;
                    delete obj.request;
                }
                if (obj.request != null) {
                    delete obj.next;
                    delete obj.refused;
                    delete obj.records;
                    delete obj.admitted;
                    delete obj.pending;
                    delete obj.answer;
                    delete obj.challenge;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield* JoinFrame.Request.codec().stream(reader, reader.uint32(), `${prefix}.request`, {
                                limits: opts.limits?.request
                            });
                            break;
                        }
                        case 2: {
                            yield* JoinFrame.Challenge.codec().stream(reader, reader.uint32(), `${prefix}.challenge`, {
                                limits: opts.limits?.challenge
                            });
                            break;
                        }
                        case 3: {
                            yield* JoinFrame.Answer.codec().stream(reader, reader.uint32(), `${prefix}.answer`, {
                                limits: opts.limits?.answer
                            });
                            break;
                        }
                        case 4: {
                            yield* JoinFrame.Pending.codec().stream(reader, reader.uint32(), `${prefix}.pending`, {
                                limits: opts.limits?.pending
                            });
                            break;
                        }
                        case 5: {
                            yield* JoinFrame.Admitted.codec().stream(reader, reader.uint32(), `${prefix}.admitted`, {
                                limits: opts.limits?.admitted
                            });
                            break;
                        }
                        case 6: {
                            yield* JoinFrame.Records.codec().stream(reader, reader.uint32(), `${prefix}.records`, {
                                limits: opts.limits?.records
                            });
                            break;
                        }
                        case 7: {
                            yield* JoinFrame.Refused.codec().stream(reader, reader.uint32(), `${prefix}.refused`, {
                                limits: opts.limits?.refused
                            });
                            break;
                        }
                        case 8: {
                            yield* JoinFrame.Next.codec().stream(reader, reader.uint32(), `${prefix}.next`, {
                                limits: opts.limits?.next
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, JoinFrame.codec());
    }
    JoinFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, JoinFrame.codec(), opts);
    }
    JoinFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, JoinFrame.codec(), opts);
    }
    JoinFrame.stream = stream;
})(JoinFrame || (JoinFrame = {}));
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
