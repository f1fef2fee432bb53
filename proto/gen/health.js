/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, enumeration, MaxLengthError, message, streamMessage } from 'protons-runtime';
import { alloc as uint8ArrayAlloc } from 'uint8arrays/alloc';
export var HealthFrame;
(function (HealthFrame) {
    let Ping;
    (function (Ping) {
        let _codec;
        Ping.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.seq != null && obj.seq !== 0)) {
                        w.uint32(8);
                        w.uint32(obj.seq);
                    }
                    if ((obj.strain != null && obj.strain !== 0)) {
                        w.uint32(16);
                        w.uint32(obj.strain);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        seq: 0,
                        strain: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.seq = reader.uint32();
                                break;
                            }
                            case 2: {
                                obj.strain = reader.uint32();
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
                                    field: `${prefix}.seq`,
                                    value: reader.uint32()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.strain`,
                                    value: reader.uint32()
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
            return encodeMessage(obj, Ping.codec());
        }
        Ping.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Ping.codec(), opts);
        }
        Ping.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Ping.codec(), opts);
        }
        Ping.stream = stream;
    })(Ping = HealthFrame.Ping || (HealthFrame.Ping = {}));
    let Pong;
    (function (Pong) {
        let _codec;
        Pong.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.seq != null && obj.seq !== 0)) {
                        w.uint32(8);
                        w.uint32(obj.seq);
                    }
                    if ((obj.strain != null && obj.strain !== 0)) {
                        w.uint32(16);
                        w.uint32(obj.strain);
                    }
                    if ((obj.nowMs != null && obj.nowMs !== 0n)) {
                        w.uint32(24);
                        writeUint64(w, obj.nowMs);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        seq: 0,
                        strain: 0,
                        nowMs: 0n
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.seq = reader.uint32();
                                break;
                            }
                            case 2: {
                                obj.strain = reader.uint32();
                                break;
                            }
                            case 3: {
                                obj.nowMs = reader.uint64();
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
                                    field: `${prefix}.seq`,
                                    value: reader.uint32()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.strain`,
                                    value: reader.uint32()
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.nowMs`,
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
            return encodeMessage(obj, Pong.codec());
        }
        Pong.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Pong.codec(), opts);
        }
        Pong.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Pong.codec(), opts);
        }
        Pong.stream = stream;
    })(Pong = HealthFrame.Pong || (HealthFrame.Pong = {}));
    let Ask;
    (function (Ask) {
        let _codec;
        Ask.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.device != null && obj.device !== '')) {
                        w.uint32(10);
                        w.string(obj.device);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        device: ''
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.device = reader.string();
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
                                    field: `${prefix}.device`,
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
            return encodeMessage(obj, Ask.codec());
        }
        Ask.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Ask.codec(), opts);
        }
        Ask.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Ask.codec(), opts);
        }
        Ask.stream = stream;
    })(Ask = HealthFrame.Ask || (HealthFrame.Ask = {}));
    let Answer;
    (function (Answer) {
        let _codec;
        Answer.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.device != null && obj.device !== '')) {
                        w.uint32(10);
                        w.string(obj.device);
                    }
                    if (obj.sight != null && __SightValues[obj.sight] !== 0) {
                        w.uint32(16);
                        HealthFrame.Sight.codec().encode(obj.sight, w);
                    }
                    if ((obj.ageMs != null && obj.ageMs !== 0)) {
                        w.uint32(24);
                        w.uint32(obj.ageMs);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        device: '',
                        sight: Sight.SIGHT_UNSPECIFIED,
                        ageMs: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.device = reader.string();
                                break;
                            }
                            case 2: {
                                obj.sight = HealthFrame.Sight.codec().decode(reader);
                                break;
                            }
                            case 3: {
                                obj.ageMs = reader.uint32();
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
                                    field: `${prefix}.device`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.sight`,
                                    value: HealthFrame.Sight.codec().decode(reader)
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.ageMs`,
                                    value: reader.uint32()
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
    })(Answer = HealthFrame.Answer || (HealthFrame.Answer = {}));
    let Suspicion;
    (function (Suspicion) {
        let _codec;
        Suspicion.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.device != null && obj.device !== '')) {
                        w.uint32(10);
                        w.string(obj.device);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        device: ''
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.device = reader.string();
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
                                    field: `${prefix}.device`,
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
            return encodeMessage(obj, Suspicion.codec());
        }
        Suspicion.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Suspicion.codec(), opts);
        }
        Suspicion.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Suspicion.codec(), opts);
        }
        Suspicion.stream = stream;
    })(Suspicion = HealthFrame.Suspicion || (HealthFrame.Suspicion = {}));
    let LinkStates;
    (function (LinkStates) {
        let _codec;
        LinkStates.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if (obj.signed != null && obj.signed.length > 0) {
                        for (const value of obj.signed) {
                            w.uint32(10);
                            w.bytes(value);
                        }
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        signed: []
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.signed != null && obj.signed.length === opts.limits.signed) {
                                    throw new MaxLengthError('Decode error - repeated field "signed" had too many elements');
                                }
                                obj.signed.push(reader.bytes());
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
                        signed: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.signed != null && obj.signed === opts.limits.signed) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "signed" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.signed[]`,
                                    index: obj.signed,
                                    value: reader.bytes()
                                };
                                obj.signed++;
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
            return encodeMessage(obj, LinkStates.codec());
        }
        LinkStates.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, LinkStates.codec(), opts);
        }
        LinkStates.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, LinkStates.codec(), opts);
        }
        LinkStates.stream = stream;
    })(LinkStates = HealthFrame.LinkStates || (HealthFrame.LinkStates = {}));
    let Goodbye;
    (function (Goodbye) {
        let _codec;
        Goodbye.codec = () => {
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
            return encodeMessage(obj, Goodbye.codec());
        }
        Goodbye.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Goodbye.codec(), opts);
        }
        Goodbye.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Goodbye.codec(), opts);
        }
        Goodbye.stream = stream;
    })(Goodbye = HealthFrame.Goodbye || (HealthFrame.Goodbye = {}));
    let Sight;
    (function (Sight) {
        Sight["SIGHT_UNSPECIFIED"] = "SIGHT_UNSPECIFIED";
        Sight["HEARD"] = "HEARD";
        Sight["SILENT"] = "SILENT";
        Sight["NO_LINK"] = "NO_LINK";
    })(Sight = HealthFrame.Sight || (HealthFrame.Sight = {}));
    let __SightValues;
    (function (__SightValues) {
        __SightValues[__SightValues["SIGHT_UNSPECIFIED"] = 0] = "SIGHT_UNSPECIFIED";
        __SightValues[__SightValues["HEARD"] = 1] = "HEARD";
        __SightValues[__SightValues["SILENT"] = 2] = "SILENT";
        __SightValues[__SightValues["NO_LINK"] = 3] = "NO_LINK";
    })(__SightValues || (__SightValues = {}));
    (function (Sight) {
        Sight.codec = () => {
            return enumeration(__SightValues);
        };
    })(Sight = HealthFrame.Sight || (HealthFrame.Sight = {}));
    let _codec;
    HealthFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.goodbye != null) {
                    obj.linkStates = undefined;
                    obj.suspicion = undefined;
                    obj.answer = undefined;
                    obj.ask = undefined;
                    obj.pong = undefined;
                    obj.ping = undefined;
                }
                if (obj.linkStates != null) {
                    obj.goodbye = undefined;
                    obj.suspicion = undefined;
                    obj.answer = undefined;
                    obj.ask = undefined;
                    obj.pong = undefined;
                    obj.ping = undefined;
                }
                if (obj.suspicion != null) {
                    obj.goodbye = undefined;
                    obj.linkStates = undefined;
                    obj.answer = undefined;
                    obj.ask = undefined;
                    obj.pong = undefined;
                    obj.ping = undefined;
                }
                if (obj.answer != null) {
                    obj.goodbye = undefined;
                    obj.linkStates = undefined;
                    obj.suspicion = undefined;
                    obj.ask = undefined;
                    obj.pong = undefined;
                    obj.ping = undefined;
                }
                if (obj.ask != null) {
                    obj.goodbye = undefined;
                    obj.linkStates = undefined;
                    obj.suspicion = undefined;
                    obj.answer = undefined;
                    obj.pong = undefined;
                    obj.ping = undefined;
                }
                if (obj.pong != null) {
                    obj.goodbye = undefined;
                    obj.linkStates = undefined;
                    obj.suspicion = undefined;
                    obj.answer = undefined;
                    obj.ask = undefined;
                    obj.ping = undefined;
                }
                if (obj.ping != null) {
                    obj.goodbye = undefined;
                    obj.linkStates = undefined;
                    obj.suspicion = undefined;
                    obj.answer = undefined;
                    obj.ask = undefined;
                    obj.pong = undefined;
                }
                if (obj.ping != null) {
                    w.uint32(10);
                    HealthFrame.Ping.codec().encode(obj.ping, w);
                }
                if (obj.pong != null) {
                    w.uint32(18);
                    HealthFrame.Pong.codec().encode(obj.pong, w);
                }
                if (obj.ask != null) {
                    w.uint32(26);
                    HealthFrame.Ask.codec().encode(obj.ask, w);
                }
                if (obj.answer != null) {
                    w.uint32(34);
                    HealthFrame.Answer.codec().encode(obj.answer, w);
                }
                if (obj.suspicion != null) {
                    w.uint32(42);
                    HealthFrame.Suspicion.codec().encode(obj.suspicion, w);
                }
                if (obj.linkStates != null) {
                    w.uint32(50);
                    HealthFrame.LinkStates.codec().encode(obj.linkStates, w);
                }
                if (obj.goodbye != null) {
                    w.uint32(58);
                    HealthFrame.Goodbye.codec().encode(obj.goodbye, w);
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
                            obj.ping = HealthFrame.Ping.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.ping
                            });
                            break;
                        }
                        case 2: {
                            obj.pong = HealthFrame.Pong.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.pong
                            });
                            break;
                        }
                        case 3: {
                            obj.ask = HealthFrame.Ask.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.ask
                            });
                            break;
                        }
                        case 4: {
                            obj.answer = HealthFrame.Answer.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.answer
                            });
                            break;
                        }
                        case 5: {
                            obj.suspicion = HealthFrame.Suspicion.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.suspicion
                            });
                            break;
                        }
                        case 6: {
                            obj.linkStates = HealthFrame.LinkStates.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.linkStates
                            });
                            break;
                        }
                        case 7: {
                            obj.goodbye = HealthFrame.Goodbye.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.goodbye
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.goodbye != null) {
                    delete obj.linkStates;
                    delete obj.suspicion;
                    delete obj.answer;
                    delete obj.ask;
                    delete obj.pong;
                    delete obj.ping;
                }
                if (obj.linkStates != null) {
                    delete obj.goodbye;
                    delete obj.suspicion;
                    delete obj.answer;
                    delete obj.ask;
                    delete obj.pong;
                    delete obj.ping;
                }
                if (obj.suspicion != null) {
                    delete obj.goodbye;
                    delete obj.linkStates;
                    delete obj.answer;
                    delete obj.ask;
                    delete obj.pong;
                    delete obj.ping;
                }
                if (obj.answer != null) {
                    delete obj.goodbye;
                    delete obj.linkStates;
                    delete obj.suspicion;
                    delete obj.ask;
                    delete obj.pong;
                    delete obj.ping;
                }
                if (obj.ask != null) {
                    delete obj.goodbye;
                    delete obj.linkStates;
                    delete obj.suspicion;
                    delete obj.answer;
                    delete obj.pong;
                    delete obj.ping;
                }
                if (obj.pong != null) {
                    delete obj.goodbye;
                    delete obj.linkStates;
                    delete obj.suspicion;
                    delete obj.answer;
                    delete obj.ask;
                    delete obj.ping;
                }
                if (obj.ping != null) {
                    delete obj.goodbye;
                    delete obj.linkStates;
                    delete obj.suspicion;
                    delete obj.answer;
                    delete obj.ask;
                    delete obj.pong;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield* HealthFrame.Ping.codec().stream(reader, reader.uint32(), `${prefix}.ping`, {
                                limits: opts.limits?.ping
                            });
                            break;
                        }
                        case 2: {
                            yield* HealthFrame.Pong.codec().stream(reader, reader.uint32(), `${prefix}.pong`, {
                                limits: opts.limits?.pong
                            });
                            break;
                        }
                        case 3: {
                            yield* HealthFrame.Ask.codec().stream(reader, reader.uint32(), `${prefix}.ask`, {
                                limits: opts.limits?.ask
                            });
                            break;
                        }
                        case 4: {
                            yield* HealthFrame.Answer.codec().stream(reader, reader.uint32(), `${prefix}.answer`, {
                                limits: opts.limits?.answer
                            });
                            break;
                        }
                        case 5: {
                            yield* HealthFrame.Suspicion.codec().stream(reader, reader.uint32(), `${prefix}.suspicion`, {
                                limits: opts.limits?.suspicion
                            });
                            break;
                        }
                        case 6: {
                            yield* HealthFrame.LinkStates.codec().stream(reader, reader.uint32(), `${prefix}.linkStates`, {
                                limits: opts.limits?.linkStates
                            });
                            break;
                        }
                        case 7: {
                            yield* HealthFrame.Goodbye.codec().stream(reader, reader.uint32(), `${prefix}.goodbye`, {
                                limits: opts.limits?.goodbye
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
        return encodeMessage(obj, HealthFrame.codec());
    }
    HealthFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, HealthFrame.codec(), opts);
    }
    HealthFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, HealthFrame.codec(), opts);
    }
    HealthFrame.stream = stream;
})(HealthFrame || (HealthFrame = {}));
export var SignedLinkState;
(function (SignedLinkState) {
    let _codec;
    SignedLinkState.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.payload != null && obj.payload.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.payload);
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
                    payload: uint8ArrayAlloc(0),
                    signature: uint8ArrayAlloc(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.payload = reader.bytes();
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
                                field: `${prefix}.payload`,
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
        return encodeMessage(obj, SignedLinkState.codec());
    }
    SignedLinkState.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SignedLinkState.codec(), opts);
    }
    SignedLinkState.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SignedLinkState.codec(), opts);
    }
    SignedLinkState.stream = stream;
})(SignedLinkState || (SignedLinkState = {}));
export var LinkState;
(function (LinkState) {
    let Link;
    (function (Link) {
        let _codec;
        Link.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.peer != null && obj.peer !== '')) {
                        w.uint32(10);
                        w.string(obj.peer);
                    }
                    if (obj.kind != null && __PathKindValues[obj.kind] !== 0) {
                        w.uint32(16);
                        LinkState.PathKind.codec().encode(obj.kind, w);
                    }
                    if ((obj.rttUs != null && obj.rttUs !== 0)) {
                        w.uint32(24);
                        w.uint32(obj.rttUs);
                    }
                    if ((obj.loss != null && obj.loss !== 0)) {
                        w.uint32(32);
                        w.uint32(obj.loss);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        peer: '',
                        kind: PathKind.PATH_KIND_UNSPECIFIED,
                        rttUs: 0,
                        loss: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.peer = reader.string();
                                break;
                            }
                            case 2: {
                                obj.kind = LinkState.PathKind.codec().decode(reader);
                                break;
                            }
                            case 3: {
                                obj.rttUs = reader.uint32();
                                break;
                            }
                            case 4: {
                                obj.loss = reader.uint32();
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
                                    field: `${prefix}.peer`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.kind`,
                                    value: LinkState.PathKind.codec().decode(reader)
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.rttUs`,
                                    value: reader.uint32()
                                };
                                break;
                            }
                            case 4: {
                                yield {
                                    field: `${prefix}.loss`,
                                    value: reader.uint32()
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
            return encodeMessage(obj, Link.codec());
        }
        Link.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Link.codec(), opts);
        }
        Link.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Link.codec(), opts);
        }
        Link.stream = stream;
    })(Link = LinkState.Link || (LinkState.Link = {}));
    let View;
    (function (View) {
        let _codec;
        View.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.device != null && obj.device !== '')) {
                        w.uint32(10);
                        w.string(obj.device);
                    }
                    if (obj.health != null && __HealthValues[obj.health] !== 0) {
                        w.uint32(16);
                        LinkState.Health.codec().encode(obj.health, w);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        device: '',
                        health: Health.HEALTH_UNSPECIFIED
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.device = reader.string();
                                break;
                            }
                            case 2: {
                                obj.health = LinkState.Health.codec().decode(reader);
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
                                    field: `${prefix}.device`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.health`,
                                    value: LinkState.Health.codec().decode(reader)
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
            return encodeMessage(obj, View.codec());
        }
        View.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, View.codec(), opts);
        }
        View.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, View.codec(), opts);
        }
        View.stream = stream;
    })(View = LinkState.View || (LinkState.View = {}));
    let PathKind;
    (function (PathKind) {
        PathKind["PATH_KIND_UNSPECIFIED"] = "PATH_KIND_UNSPECIFIED";
        PathKind["LOCAL"] = "LOCAL";
        PathKind["DIRECT"] = "DIRECT";
        PathKind["HOLE_PUNCHED"] = "HOLE_PUNCHED";
        PathKind["RELAYED"] = "RELAYED";
    })(PathKind = LinkState.PathKind || (LinkState.PathKind = {}));
    let __PathKindValues;
    (function (__PathKindValues) {
        __PathKindValues[__PathKindValues["PATH_KIND_UNSPECIFIED"] = 0] = "PATH_KIND_UNSPECIFIED";
        __PathKindValues[__PathKindValues["LOCAL"] = 1] = "LOCAL";
        __PathKindValues[__PathKindValues["DIRECT"] = 2] = "DIRECT";
        __PathKindValues[__PathKindValues["HOLE_PUNCHED"] = 3] = "HOLE_PUNCHED";
        __PathKindValues[__PathKindValues["RELAYED"] = 4] = "RELAYED";
    })(__PathKindValues || (__PathKindValues = {}));
    (function (PathKind) {
        PathKind.codec = () => {
            return enumeration(__PathKindValues);
        };
    })(PathKind = LinkState.PathKind || (LinkState.PathKind = {}));
    let Health;
    (function (Health) {
        Health["HEALTH_UNSPECIFIED"] = "HEALTH_UNSPECIFIED";
        Health["ALIVE"] = "ALIVE";
        Health["SUSPECT"] = "SUSPECT";
        Health["FAILED"] = "FAILED";
    })(Health = LinkState.Health || (LinkState.Health = {}));
    let __HealthValues;
    (function (__HealthValues) {
        __HealthValues[__HealthValues["HEALTH_UNSPECIFIED"] = 0] = "HEALTH_UNSPECIFIED";
        __HealthValues[__HealthValues["ALIVE"] = 1] = "ALIVE";
        __HealthValues[__HealthValues["SUSPECT"] = 2] = "SUSPECT";
        __HealthValues[__HealthValues["FAILED"] = 3] = "FAILED";
    })(__HealthValues || (__HealthValues = {}));
    (function (Health) {
        Health.codec = () => {
            return enumeration(__HealthValues);
        };
    })(Health = LinkState.Health || (LinkState.Health = {}));
    let _codec;
    LinkState.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.network != null && obj.network !== '')) {
                    w.uint32(10);
                    w.string(obj.network);
                }
                if ((obj.observer != null && obj.observer !== '')) {
                    w.uint32(18);
                    w.string(obj.observer);
                }
                if ((obj.incarnation != null && obj.incarnation !== 0n)) {
                    w.uint32(24);
                    writeUint64(w, obj.incarnation);
                }
                if ((obj.seq != null && obj.seq !== 0n)) {
                    w.uint32(32);
                    writeUint64(w, obj.seq);
                }
                if (obj.links != null && obj.links.length > 0) {
                    for (const value of obj.links) {
                        w.uint32(42);
                        LinkState.Link.codec().encode(value, w);
                    }
                }
                if (obj.views != null && obj.views.length > 0) {
                    for (const value of obj.views) {
                        w.uint32(50);
                        LinkState.View.codec().encode(value, w);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    network: '',
                    observer: '',
                    incarnation: 0n,
                    seq: 0n,
                    links: [],
                    views: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.network = reader.string();
                            break;
                        }
                        case 2: {
                            obj.observer = reader.string();
                            break;
                        }
                        case 3: {
                            obj.incarnation = reader.uint64();
                            break;
                        }
                        case 4: {
                            obj.seq = reader.uint64();
                            break;
                        }
                        case 5: {
                            if (opts.limits?.links != null && obj.links.length === opts.limits.links) {
                                throw new MaxLengthError('Decode error - repeated field "links" had too many elements');
                            }
                            obj.links.push(LinkState.Link.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.links$
                            }));
                            break;
                        }
                        case 6: {
                            if (opts.limits?.views != null && obj.views.length === opts.limits.views) {
                                throw new MaxLengthError('Decode error - repeated field "views" had too many elements');
                            }
                            obj.views.push(LinkState.View.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.views$
                            }));
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
                    links: 0,
                    views: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.network`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.observer`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.incarnation`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.seq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 5: {
                            if (opts.limits?.links != null && obj.links === opts.limits.links) {
                                throw new MaxLengthError('Streaming decode error - repeated field "links" had too many elements');
                            }
                            for (const evt of LinkState.Link.codec().stream(reader, reader.uint32(), `${prefix}.links[]`, {
                                limits: opts.limits?.links$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.links
                                };
                            }
                            obj.links++;
                            break;
                        }
                        case 6: {
                            if (opts.limits?.views != null && obj.views === opts.limits.views) {
                                throw new MaxLengthError('Streaming decode error - repeated field "views" had too many elements');
                            }
                            for (const evt of LinkState.View.codec().stream(reader, reader.uint32(), `${prefix}.views[]`, {
                                limits: opts.limits?.views$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.views
                                };
                            }
                            obj.views++;
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
        return encodeMessage(obj, LinkState.codec());
    }
    LinkState.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, LinkState.codec(), opts);
    }
    LinkState.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, LinkState.codec(), opts);
    }
    LinkState.stream = stream;
})(LinkState || (LinkState = {}));
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
