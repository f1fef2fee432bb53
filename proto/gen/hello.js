/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, enumeration, MaxLengthError, message, streamMessage } from 'protons-runtime';
import { alloc as uint8ArrayAlloc } from 'uint8arrays/alloc';
export var HelloFrame;
(function (HelloFrame) {
    let Open;
    (function (Open) {
        let _codec;
        Open.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.nonce != null && obj.nonce.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.nonce);
                    }
                    if ((obj.accepts != null && obj.accepts !== false)) {
                        w.uint32(16);
                        w.bool(obj.accepts);
                    }
                    if (obj.refusal != null && __RefusalValues[obj.refusal] !== 0) {
                        w.uint32(24);
                        HelloFrame.Refusal.codec().encode(obj.refusal, w);
                    }
                    if ((obj.timeMs != null && obj.timeMs !== 0n)) {
                        w.uint32(32);
                        writeUint64(w, obj.timeMs);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        nonce: uint8ArrayAlloc(0),
                        accepts: false,
                        refusal: Refusal.REFUSAL_UNSPECIFIED,
                        timeMs: 0n
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
                                obj.accepts = reader.bool();
                                break;
                            }
                            case 3: {
                                obj.refusal = HelloFrame.Refusal.codec().decode(reader);
                                break;
                            }
                            case 4: {
                                obj.timeMs = reader.uint64();
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
                                    field: `${prefix}.accepts`,
                                    value: reader.bool()
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.refusal`,
                                    value: HelloFrame.Refusal.codec().decode(reader)
                                };
                                break;
                            }
                            case 4: {
                                yield {
                                    field: `${prefix}.timeMs`,
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
            return encodeMessage(obj, Open.codec());
        }
        Open.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Open.codec(), opts);
        }
        Open.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Open.codec(), opts);
        }
        Open.stream = stream;
    })(Open = HelloFrame.Open || (HelloFrame.Open = {}));
    let Proof;
    (function (Proof) {
        let _codec;
        Proof.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.mac != null && obj.mac.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.mac);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        mac: uint8ArrayAlloc(0)
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.mac = reader.bytes();
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
                                    field: `${prefix}.mac`,
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
            return encodeMessage(obj, Proof.codec());
        }
        Proof.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Proof.codec(), opts);
        }
        Proof.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Proof.codec(), opts);
        }
        Proof.stream = stream;
    })(Proof = HelloFrame.Proof || (HelloFrame.Proof = {}));
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
    })(Records = HelloFrame.Records || (HelloFrame.Records = {}));
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
    })(Next = HelloFrame.Next || (HelloFrame.Next = {}));
    let Verdict;
    (function (Verdict) {
        let _codec;
        Verdict.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.accepts != null && obj.accepts !== false)) {
                        w.uint32(8);
                        w.bool(obj.accepts);
                    }
                    if (obj.refusal != null && __RefusalValues[obj.refusal] !== 0) {
                        w.uint32(16);
                        HelloFrame.Refusal.codec().encode(obj.refusal, w);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        accepts: false,
                        refusal: Refusal.REFUSAL_UNSPECIFIED
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.accepts = reader.bool();
                                break;
                            }
                            case 2: {
                                obj.refusal = HelloFrame.Refusal.codec().decode(reader);
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
                                    field: `${prefix}.accepts`,
                                    value: reader.bool()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.refusal`,
                                    value: HelloFrame.Refusal.codec().decode(reader)
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
            return encodeMessage(obj, Verdict.codec());
        }
        Verdict.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Verdict.codec(), opts);
        }
        Verdict.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Verdict.codec(), opts);
        }
        Verdict.stream = stream;
    })(Verdict = HelloFrame.Verdict || (HelloFrame.Verdict = {}));
    let Refusal;
    (function (Refusal) {
        Refusal["REFUSAL_UNSPECIFIED"] = "REFUSAL_UNSPECIFIED";
        Refusal["STRANGER"] = "STRANGER";
        Refusal["REVOKED"] = "REVOKED";
        Refusal["REVIEW"] = "REVIEW";
        Refusal["EXPIRED"] = "EXPIRED";
        Refusal["LEFT"] = "LEFT";
        Refusal["BAD_RECORDS"] = "BAD_RECORDS";
    })(Refusal = HelloFrame.Refusal || (HelloFrame.Refusal = {}));
    let __RefusalValues;
    (function (__RefusalValues) {
        __RefusalValues[__RefusalValues["REFUSAL_UNSPECIFIED"] = 0] = "REFUSAL_UNSPECIFIED";
        __RefusalValues[__RefusalValues["STRANGER"] = 1] = "STRANGER";
        __RefusalValues[__RefusalValues["REVOKED"] = 2] = "REVOKED";
        __RefusalValues[__RefusalValues["REVIEW"] = 3] = "REVIEW";
        __RefusalValues[__RefusalValues["EXPIRED"] = 4] = "EXPIRED";
        __RefusalValues[__RefusalValues["LEFT"] = 5] = "LEFT";
        __RefusalValues[__RefusalValues["BAD_RECORDS"] = 6] = "BAD_RECORDS";
    })(__RefusalValues || (__RefusalValues = {}));
    (function (Refusal) {
        Refusal.codec = () => {
            return enumeration(__RefusalValues);
        };
    })(Refusal = HelloFrame.Refusal || (HelloFrame.Refusal = {}));
    let _codec;
    HelloFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.next != null) {
                    obj.verdict = undefined;
                    obj.records = undefined;
                    obj.proof = undefined;
                    obj.open = undefined;
                }
                if (obj.verdict != null) {
                    obj.next = undefined;
                    obj.records = undefined;
                    obj.proof = undefined;
                    obj.open = undefined;
                }
                if (obj.records != null) {
                    obj.next = undefined;
                    obj.verdict = undefined;
                    obj.proof = undefined;
                    obj.open = undefined;
                }
                if (obj.proof != null) {
                    obj.next = undefined;
                    obj.verdict = undefined;
                    obj.records = undefined;
                    obj.open = undefined;
                }
                if (obj.open != null) {
                    obj.next = undefined;
                    obj.verdict = undefined;
                    obj.records = undefined;
                    obj.proof = undefined;
                }
                if (obj.open != null) {
                    w.uint32(10);
                    HelloFrame.Open.codec().encode(obj.open, w);
                }
                if (obj.proof != null) {
                    w.uint32(18);
                    HelloFrame.Proof.codec().encode(obj.proof, w);
                }
                if (obj.records != null) {
                    w.uint32(26);
                    HelloFrame.Records.codec().encode(obj.records, w);
                }
                if (obj.verdict != null) {
                    w.uint32(34);
                    HelloFrame.Verdict.codec().encode(obj.verdict, w);
                }
                if (obj.next != null) {
                    w.uint32(42);
                    HelloFrame.Next.codec().encode(obj.next, w);
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
                            obj.open = HelloFrame.Open.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.open
                            });
                            break;
                        }
                        case 2: {
                            obj.proof = HelloFrame.Proof.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.proof
                            });
                            break;
                        }
                        case 3: {
                            obj.records = HelloFrame.Records.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.records
                            });
                            break;
                        }
                        case 4: {
                            obj.verdict = HelloFrame.Verdict.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.verdict
                            });
                            break;
                        }
                        case 5: {
                            obj.next = HelloFrame.Next.codec().decode(reader, reader.uint32(), {
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
                    delete obj.verdict;
                    delete obj.records;
                    delete obj.proof;
                    delete obj.open;
                }
                if (obj.verdict != null) {
                    delete obj.next;
                    delete obj.records;
                    delete obj.proof;
                    delete obj.open;
                }
                if (obj.records != null) {
                    delete obj.next;
                    delete obj.verdict;
                    delete obj.proof;
                    delete obj.open;
                }
                if (obj.proof != null) {
                    delete obj.next;
                    delete obj.verdict;
                    delete obj.records;
                    delete obj.open;
                }
                if (obj.open != null) {
                    delete obj.next;
                    delete obj.verdict;
                    delete obj.records;
                    delete obj.proof;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield* HelloFrame.Open.codec().stream(reader, reader.uint32(), `${prefix}.open`, {
                                limits: opts.limits?.open
                            });
                            break;
                        }
                        case 2: {
                            yield* HelloFrame.Proof.codec().stream(reader, reader.uint32(), `${prefix}.proof`, {
                                limits: opts.limits?.proof
                            });
                            break;
                        }
                        case 3: {
                            yield* HelloFrame.Records.codec().stream(reader, reader.uint32(), `${prefix}.records`, {
                                limits: opts.limits?.records
                            });
                            break;
                        }
                        case 4: {
                            yield* HelloFrame.Verdict.codec().stream(reader, reader.uint32(), `${prefix}.verdict`, {
                                limits: opts.limits?.verdict
                            });
                            break;
                        }
                        case 5: {
                            yield* HelloFrame.Next.codec().stream(reader, reader.uint32(), `${prefix}.next`, {
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
        return encodeMessage(obj, HelloFrame.codec());
    }
    HelloFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, HelloFrame.codec(), opts);
    }
    HelloFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, HelloFrame.codec(), opts);
    }
    HelloFrame.stream = stream;
})(HelloFrame || (HelloFrame = {}));
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
