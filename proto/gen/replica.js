import { decodeMessage, encodeMessage, enumeration, MaxLengthError, message, streamMessage } from 'protons-runtime';
import { alloc as uint8ArrayAlloc } from 'uint8arrays/alloc';
export var ReplicaFrame;
(function (ReplicaFrame) {
    let Summary;
    (function (Summary) {
        let _codec;
        Summary.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.root != null && obj.root.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.root);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        root: uint8ArrayAlloc(0)
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.root = reader.bytes();
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
                                    field: `${prefix}.root`,
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
            return encodeMessage(obj, Summary.codec());
        }
        Summary.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Summary.codec(), opts);
        }
        Summary.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Summary.codec(), opts);
        }
        Summary.stream = stream;
    })(Summary = ReplicaFrame.Summary || (ReplicaFrame.Summary = {}));
    let Buckets;
    (function (Buckets) {
        let _codec;
        Buckets.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.digests != null && obj.digests.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.digests);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        digests: uint8ArrayAlloc(0)
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.digests = reader.bytes();
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
                                    field: `${prefix}.digests`,
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
            return encodeMessage(obj, Buckets.codec());
        }
        Buckets.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Buckets.codec(), opts);
        }
        Buckets.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Buckets.codec(), opts);
        }
        Buckets.stream = stream;
    })(Buckets = ReplicaFrame.Buckets || (ReplicaFrame.Buckets = {}));
    let Heads;
    (function (Heads) {
        let _codec;
        Heads.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.buckets != null && obj.buckets.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.buckets);
                    }
                    if (obj.heads != null && obj.heads.length > 0) {
                        for (const value of obj.heads) {
                            w.uint32(18);
                            ReplicaFrame.Head.codec().encode(value, w);
                        }
                    }
                    if ((obj.isAnswer != null && obj.isAnswer !== false)) {
                        w.uint32(24);
                        w.bool(obj.isAnswer);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        buckets: uint8ArrayAlloc(0),
                        heads: [],
                        isAnswer: false
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.buckets = reader.bytes();
                                break;
                            }
                            case 2: {
                                if (opts.limits?.heads != null && obj.heads.length === opts.limits.heads) {
                                    throw new MaxLengthError('Decode error - repeated field "heads" had too many elements');
                                }
                                obj.heads.push(ReplicaFrame.Head.codec().decode(reader, reader.uint32(), {
                                    limits: opts.limits?.heads$
                                }));
                                break;
                            }
                            case 3: {
                                obj.isAnswer = reader.bool();
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
                        heads: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.buckets`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 2: {
                                if (opts.limits?.heads != null && obj.heads === opts.limits.heads) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "heads" had too many elements');
                                }
                                for (const evt of ReplicaFrame.Head.codec().stream(reader, reader.uint32(), `${prefix}.heads[]`, {
                                    limits: opts.limits?.heads$
                                })) {
                                    yield {
                                        ...evt,
                                        index: obj.heads
                                    };
                                }
                                obj.heads++;
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.isAnswer`,
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
            return encodeMessage(obj, Heads.codec());
        }
        Heads.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Heads.codec(), opts);
        }
        Heads.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Heads.codec(), opts);
        }
        Heads.stream = stream;
    })(Heads = ReplicaFrame.Heads || (ReplicaFrame.Heads = {}));
    let Head;
    (function (Head) {
        let _codec;
        Head.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.author != null && obj.author.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.author);
                    }
                    if ((obj.document != null && obj.document !== '')) {
                        w.uint32(18);
                        w.string(obj.document);
                    }
                    if ((obj.incarnation != null && obj.incarnation !== 0n)) {
                        w.uint32(24);
                        writeUint64(w, obj.incarnation);
                    }
                    if ((obj.seq != null && obj.seq !== 0n)) {
                        w.uint32(32);
                        writeUint64(w, obj.seq);
                    }
                    if ((obj.headHash != null && obj.headHash.byteLength > 0)) {
                        w.uint32(42);
                        w.bytes(obj.headHash);
                    }
                    if ((obj.forkSeq != null && obj.forkSeq !== 0n)) {
                        w.uint32(48);
                        writeUint64(w, obj.forkSeq);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        author: uint8ArrayAlloc(0),
                        document: '',
                        incarnation: 0n,
                        seq: 0n,
                        headHash: uint8ArrayAlloc(0),
                        forkSeq: 0n
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.author = reader.bytes();
                                break;
                            }
                            case 2: {
                                obj.document = reader.string();
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
                                obj.headHash = reader.bytes();
                                break;
                            }
                            case 6: {
                                obj.forkSeq = reader.uint64();
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
                                    field: `${prefix}.author`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.document`,
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
                                yield {
                                    field: `${prefix}.headHash`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 6: {
                                yield {
                                    field: `${prefix}.forkSeq`,
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
            return encodeMessage(obj, Head.codec());
        }
        Head.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Head.codec(), opts);
        }
        Head.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Head.codec(), opts);
        }
        Head.stream = stream;
    })(Head = ReplicaFrame.Head || (ReplicaFrame.Head = {}));
    let Want;
    (function (Want) {
        let Item;
        (function (Item) {
            let _codec;
            Item.codec = () => {
                if (_codec == null) {
                    _codec = message((obj, w, opts = {}) => {
                        if (opts.lengthDelimited !== false) {
                            w.fork();
                        }
                        if ((obj.author != null && obj.author.byteLength > 0)) {
                            w.uint32(10);
                            w.bytes(obj.author);
                        }
                        if ((obj.document != null && obj.document !== '')) {
                            w.uint32(18);
                            w.string(obj.document);
                        }
                        if ((obj.incarnation != null && obj.incarnation !== 0n)) {
                            w.uint32(24);
                            writeUint64(w, obj.incarnation);
                        }
                        if ((obj.fromSeq != null && obj.fromSeq !== 0n)) {
                            w.uint32(32);
                            writeUint64(w, obj.fromSeq);
                        }
                        if (opts.lengthDelimited !== false) {
                            w.ldelim();
                        }
                    }, (reader, length, opts = {}) => {
                        const obj = {
                            author: uint8ArrayAlloc(0),
                            document: '',
                            incarnation: 0n,
                            fromSeq: 0n
                        };
                        const end = length == null ? reader.len : reader.pos + length;
                        while (reader.pos < end) {
                            const tag = reader.uint32();
                            switch (tag >>> 3) {
                                case 1: {
                                    obj.author = reader.bytes();
                                    break;
                                }
                                case 2: {
                                    obj.document = reader.string();
                                    break;
                                }
                                case 3: {
                                    obj.incarnation = reader.uint64();
                                    break;
                                }
                                case 4: {
                                    obj.fromSeq = reader.uint64();
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
                                        field: `${prefix}.author`,
                                        value: reader.bytes()
                                    };
                                    break;
                                }
                                case 2: {
                                    yield {
                                        field: `${prefix}.document`,
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
                                        field: `${prefix}.fromSeq`,
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
                return encodeMessage(obj, Item.codec());
            }
            Item.encode = encode;
            function decode(buf, opts) {
                return decodeMessage(buf, Item.codec(), opts);
            }
            Item.decode = decode;
            function stream(buf, opts) {
                return streamMessage(buf, Item.codec(), opts);
            }
            Item.stream = stream;
        })(Item = Want.Item || (Want.Item = {}));
        let _codec;
        Want.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.id != null && obj.id !== 0n)) {
                        w.uint32(8);
                        writeUint64(w, obj.id);
                    }
                    if (obj.items != null && obj.items.length > 0) {
                        for (const value of obj.items) {
                            w.uint32(18);
                            ReplicaFrame.Want.Item.codec().encode(value, w);
                        }
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        id: 0n,
                        items: []
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.id = reader.uint64();
                                break;
                            }
                            case 2: {
                                if (opts.limits?.items != null && obj.items.length === opts.limits.items) {
                                    throw new MaxLengthError('Decode error - repeated field "items" had too many elements');
                                }
                                obj.items.push(ReplicaFrame.Want.Item.codec().decode(reader, reader.uint32(), {
                                    limits: opts.limits?.items$
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
                        items: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.id`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            case 2: {
                                if (opts.limits?.items != null && obj.items === opts.limits.items) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "items" had too many elements');
                                }
                                for (const evt of ReplicaFrame.Want.Item.codec().stream(reader, reader.uint32(), `${prefix}.items[]`, {
                                    limits: opts.limits?.items$
                                })) {
                                    yield {
                                        ...evt,
                                        index: obj.items
                                    };
                                }
                                obj.items++;
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
            return encodeMessage(obj, Want.codec());
        }
        Want.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Want.codec(), opts);
        }
        Want.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Want.codec(), opts);
        }
        Want.stream = stream;
    })(Want = ReplicaFrame.Want || (ReplicaFrame.Want = {}));
    let Range;
    (function (Range) {
        let _codec;
        Range.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.id != null && obj.id !== 0n)) {
                        w.uint32(8);
                        writeUint64(w, obj.id);
                    }
                    if (obj.envelopes != null && obj.envelopes.length > 0) {
                        for (const value of obj.envelopes) {
                            w.uint32(18);
                            w.bytes(value);
                        }
                    }
                    if ((obj.served != null && obj.served !== 0)) {
                        w.uint32(24);
                        w.uint32(obj.served);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        id: 0n,
                        envelopes: [],
                        served: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.id = reader.uint64();
                                break;
                            }
                            case 2: {
                                if (opts.limits?.envelopes != null && obj.envelopes.length === opts.limits.envelopes) {
                                    throw new MaxLengthError('Decode error - repeated field "envelopes" had too many elements');
                                }
                                obj.envelopes.push(reader.bytes());
                                break;
                            }
                            case 3: {
                                obj.served = reader.uint32();
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
                        envelopes: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                yield {
                                    field: `${prefix}.id`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            case 2: {
                                if (opts.limits?.envelopes != null && obj.envelopes === opts.limits.envelopes) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "envelopes" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.envelopes[]`,
                                    index: obj.envelopes,
                                    value: reader.bytes()
                                };
                                obj.envelopes++;
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.served`,
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
            return encodeMessage(obj, Range.codec());
        }
        Range.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Range.codec(), opts);
        }
        Range.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Range.codec(), opts);
        }
        Range.stream = stream;
    })(Range = ReplicaFrame.Range || (ReplicaFrame.Range = {}));
    let Push;
    (function (Push) {
        let _codec;
        Push.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if (obj.envelopes != null && obj.envelopes.length > 0) {
                        for (const value of obj.envelopes) {
                            w.uint32(10);
                            w.bytes(value);
                        }
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        envelopes: []
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.envelopes != null && obj.envelopes.length === opts.limits.envelopes) {
                                    throw new MaxLengthError('Decode error - repeated field "envelopes" had too many elements');
                                }
                                obj.envelopes.push(reader.bytes());
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
                        envelopes: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.envelopes != null && obj.envelopes === opts.limits.envelopes) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "envelopes" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.envelopes[]`,
                                    index: obj.envelopes,
                                    value: reader.bytes()
                                };
                                obj.envelopes++;
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
            return encodeMessage(obj, Push.codec());
        }
        Push.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Push.codec(), opts);
        }
        Push.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Push.codec(), opts);
        }
        Push.stream = stream;
    })(Push = ReplicaFrame.Push || (ReplicaFrame.Push = {}));
    let Fork;
    (function (Fork) {
        let _codec;
        Fork.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.first != null && obj.first.byteLength > 0)) {
                        w.uint32(10);
                        w.bytes(obj.first);
                    }
                    if ((obj.second != null && obj.second.byteLength > 0)) {
                        w.uint32(18);
                        w.bytes(obj.second);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        first: uint8ArrayAlloc(0),
                        second: uint8ArrayAlloc(0)
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.first = reader.bytes();
                                break;
                            }
                            case 2: {
                                obj.second = reader.bytes();
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
                                    field: `${prefix}.first`,
                                    value: reader.bytes()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.second`,
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
            return encodeMessage(obj, Fork.codec());
        }
        Fork.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Fork.codec(), opts);
        }
        Fork.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Fork.codec(), opts);
        }
        Fork.stream = stream;
    })(Fork = ReplicaFrame.Fork || (ReplicaFrame.Fork = {}));
    let _codec;
    ReplicaFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.fork != null) {
                    obj.push = undefined;
                    obj.range = undefined;
                    obj.want = undefined;
                    obj.heads = undefined;
                    obj.buckets = undefined;
                    obj.summary = undefined;
                }
                if (obj.push != null) {
                    obj.fork = undefined;
                    obj.range = undefined;
                    obj.want = undefined;
                    obj.heads = undefined;
                    obj.buckets = undefined;
                    obj.summary = undefined;
                }
                if (obj.range != null) {
                    obj.fork = undefined;
                    obj.push = undefined;
                    obj.want = undefined;
                    obj.heads = undefined;
                    obj.buckets = undefined;
                    obj.summary = undefined;
                }
                if (obj.want != null) {
                    obj.fork = undefined;
                    obj.push = undefined;
                    obj.range = undefined;
                    obj.heads = undefined;
                    obj.buckets = undefined;
                    obj.summary = undefined;
                }
                if (obj.heads != null) {
                    obj.fork = undefined;
                    obj.push = undefined;
                    obj.range = undefined;
                    obj.want = undefined;
                    obj.buckets = undefined;
                    obj.summary = undefined;
                }
                if (obj.buckets != null) {
                    obj.fork = undefined;
                    obj.push = undefined;
                    obj.range = undefined;
                    obj.want = undefined;
                    obj.heads = undefined;
                    obj.summary = undefined;
                }
                if (obj.summary != null) {
                    obj.fork = undefined;
                    obj.push = undefined;
                    obj.range = undefined;
                    obj.want = undefined;
                    obj.heads = undefined;
                    obj.buckets = undefined;
                }
                if (obj.summary != null) {
                    w.uint32(10);
                    ReplicaFrame.Summary.codec().encode(obj.summary, w);
                }
                if (obj.buckets != null) {
                    w.uint32(18);
                    ReplicaFrame.Buckets.codec().encode(obj.buckets, w);
                }
                if (obj.heads != null) {
                    w.uint32(26);
                    ReplicaFrame.Heads.codec().encode(obj.heads, w);
                }
                if (obj.want != null) {
                    w.uint32(34);
                    ReplicaFrame.Want.codec().encode(obj.want, w);
                }
                if (obj.range != null) {
                    w.uint32(42);
                    ReplicaFrame.Range.codec().encode(obj.range, w);
                }
                if (obj.push != null) {
                    w.uint32(50);
                    ReplicaFrame.Push.codec().encode(obj.push, w);
                }
                if (obj.fork != null) {
                    w.uint32(58);
                    ReplicaFrame.Fork.codec().encode(obj.fork, w);
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
                            obj.summary = ReplicaFrame.Summary.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.summary
                            });
                            break;
                        }
                        case 2: {
                            obj.buckets = ReplicaFrame.Buckets.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.buckets
                            });
                            break;
                        }
                        case 3: {
                            obj.heads = ReplicaFrame.Heads.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.heads
                            });
                            break;
                        }
                        case 4: {
                            obj.want = ReplicaFrame.Want.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.want
                            });
                            break;
                        }
                        case 5: {
                            obj.range = ReplicaFrame.Range.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.range
                            });
                            break;
                        }
                        case 6: {
                            obj.push = ReplicaFrame.Push.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.push
                            });
                            break;
                        }
                        case 7: {
                            obj.fork = ReplicaFrame.Fork.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.fork
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.fork != null) {
                    delete obj.push;
                    delete obj.range;
                    delete obj.want;
                    delete obj.heads;
                    delete obj.buckets;
                    delete obj.summary;
                }
                if (obj.push != null) {
                    delete obj.fork;
                    delete obj.range;
                    delete obj.want;
                    delete obj.heads;
                    delete obj.buckets;
                    delete obj.summary;
                }
                if (obj.range != null) {
                    delete obj.fork;
                    delete obj.push;
                    delete obj.want;
                    delete obj.heads;
                    delete obj.buckets;
                    delete obj.summary;
                }
                if (obj.want != null) {
                    delete obj.fork;
                    delete obj.push;
                    delete obj.range;
                    delete obj.heads;
                    delete obj.buckets;
                    delete obj.summary;
                }
                if (obj.heads != null) {
                    delete obj.fork;
                    delete obj.push;
                    delete obj.range;
                    delete obj.want;
                    delete obj.buckets;
                    delete obj.summary;
                }
                if (obj.buckets != null) {
                    delete obj.fork;
                    delete obj.push;
                    delete obj.range;
                    delete obj.want;
                    delete obj.heads;
                    delete obj.summary;
                }
                if (obj.summary != null) {
                    delete obj.fork;
                    delete obj.push;
                    delete obj.range;
                    delete obj.want;
                    delete obj.heads;
                    delete obj.buckets;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield* ReplicaFrame.Summary.codec().stream(reader, reader.uint32(), `${prefix}.summary`, {
                                limits: opts.limits?.summary
                            });
                            break;
                        }
                        case 2: {
                            yield* ReplicaFrame.Buckets.codec().stream(reader, reader.uint32(), `${prefix}.buckets`, {
                                limits: opts.limits?.buckets
                            });
                            break;
                        }
                        case 3: {
                            yield* ReplicaFrame.Heads.codec().stream(reader, reader.uint32(), `${prefix}.heads`, {
                                limits: opts.limits?.heads
                            });
                            break;
                        }
                        case 4: {
                            yield* ReplicaFrame.Want.codec().stream(reader, reader.uint32(), `${prefix}.want`, {
                                limits: opts.limits?.want
                            });
                            break;
                        }
                        case 5: {
                            yield* ReplicaFrame.Range.codec().stream(reader, reader.uint32(), `${prefix}.range`, {
                                limits: opts.limits?.range
                            });
                            break;
                        }
                        case 6: {
                            yield* ReplicaFrame.Push.codec().stream(reader, reader.uint32(), `${prefix}.push`, {
                                limits: opts.limits?.push
                            });
                            break;
                        }
                        case 7: {
                            yield* ReplicaFrame.Fork.codec().stream(reader, reader.uint32(), `${prefix}.fork`, {
                                limits: opts.limits?.fork
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
        return encodeMessage(obj, ReplicaFrame.codec());
    }
    ReplicaFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ReplicaFrame.codec(), opts);
    }
    ReplicaFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ReplicaFrame.codec(), opts);
    }
    ReplicaFrame.stream = stream;
})(ReplicaFrame || (ReplicaFrame = {}));
export var SignedEnvelope;
(function (SignedEnvelope) {
    let _codec;
    SignedEnvelope.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.body != null && obj.body.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.body);
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
                    body: uint8ArrayAlloc(0),
                    signature: uint8ArrayAlloc(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.body = reader.bytes();
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
                                field: `${prefix}.body`,
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
        return encodeMessage(obj, SignedEnvelope.codec());
    }
    SignedEnvelope.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SignedEnvelope.codec(), opts);
    }
    SignedEnvelope.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SignedEnvelope.codec(), opts);
    }
    SignedEnvelope.stream = stream;
})(SignedEnvelope || (SignedEnvelope = {}));
export var EnvelopeBody;
(function (EnvelopeBody) {
    let Kind;
    (function (Kind) {
        Kind["KIND_UNSPECIFIED"] = "KIND_UNSPECIFIED";
        Kind["UPDATE"] = "UPDATE";
        Kind["SNAPSHOT"] = "SNAPSHOT";
    })(Kind = EnvelopeBody.Kind || (EnvelopeBody.Kind = {}));
    let __KindValues;
    (function (__KindValues) {
        __KindValues[__KindValues["KIND_UNSPECIFIED"] = 0] = "KIND_UNSPECIFIED";
        __KindValues[__KindValues["UPDATE"] = 1] = "UPDATE";
        __KindValues[__KindValues["SNAPSHOT"] = 2] = "SNAPSHOT";
    })(__KindValues || (__KindValues = {}));
    (function (Kind) {
        Kind.codec = () => {
            return enumeration(__KindValues);
        };
    })(Kind = EnvelopeBody.Kind || (EnvelopeBody.Kind = {}));
    let _codec;
    EnvelopeBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.network != null && obj.network.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.network);
                }
                if ((obj.document != null && obj.document !== '')) {
                    w.uint32(18);
                    w.string(obj.document);
                }
                if ((obj.author != null && obj.author.byteLength > 0)) {
                    w.uint32(26);
                    w.bytes(obj.author);
                }
                if ((obj.incarnation != null && obj.incarnation !== 0n)) {
                    w.uint32(32);
                    writeUint64(w, obj.incarnation);
                }
                if ((obj.seq != null && obj.seq !== 0n)) {
                    w.uint32(40);
                    writeUint64(w, obj.seq);
                }
                if ((obj.prev != null && obj.prev.byteLength > 0)) {
                    w.uint32(50);
                    w.bytes(obj.prev);
                }
                if (obj.kind != null && __KindValues[obj.kind] !== 0) {
                    w.uint32(56);
                    EnvelopeBody.Kind.codec().encode(obj.kind, w);
                }
                if ((obj.clockFrom != null && obj.clockFrom !== 0n)) {
                    w.uint32(64);
                    writeUint64(w, obj.clockFrom);
                }
                if ((obj.clockTo != null && obj.clockTo !== 0n)) {
                    w.uint32(72);
                    writeUint64(w, obj.clockTo);
                }
                if ((obj.update != null && obj.update.byteLength > 0)) {
                    w.uint32(82);
                    w.bytes(obj.update);
                }
                if ((obj.timeMs != null && obj.timeMs !== 0n)) {
                    w.uint32(88);
                    writeUint64(w, obj.timeMs);
                }
                if ((obj.stateHash != null && obj.stateHash.byteLength > 0)) {
                    w.uint32(98);
                    w.bytes(obj.stateHash);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    network: uint8ArrayAlloc(0),
                    document: '',
                    author: uint8ArrayAlloc(0),
                    incarnation: 0n,
                    seq: 0n,
                    prev: uint8ArrayAlloc(0),
                    kind: Kind.KIND_UNSPECIFIED,
                    clockFrom: 0n,
                    clockTo: 0n,
                    update: uint8ArrayAlloc(0),
                    timeMs: 0n,
                    stateHash: uint8ArrayAlloc(0)
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
                            obj.document = reader.string();
                            break;
                        }
                        case 3: {
                            obj.author = reader.bytes();
                            break;
                        }
                        case 4: {
                            obj.incarnation = reader.uint64();
                            break;
                        }
                        case 5: {
                            obj.seq = reader.uint64();
                            break;
                        }
                        case 6: {
                            obj.prev = reader.bytes();
                            break;
                        }
                        case 7: {
                            obj.kind = EnvelopeBody.Kind.codec().decode(reader);
                            break;
                        }
                        case 8: {
                            obj.clockFrom = reader.uint64();
                            break;
                        }
                        case 9: {
                            obj.clockTo = reader.uint64();
                            break;
                        }
                        case 10: {
                            obj.update = reader.bytes();
                            break;
                        }
                        case 11: {
                            obj.timeMs = reader.uint64();
                            break;
                        }
                        case 12: {
                            obj.stateHash = reader.bytes();
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
                                field: `${prefix}.document`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.author`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.incarnation`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.seq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.prev`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 7: {
                            yield {
                                field: `${prefix}.kind`,
                                value: EnvelopeBody.Kind.codec().decode(reader)
                            };
                            break;
                        }
                        case 8: {
                            yield {
                                field: `${prefix}.clockFrom`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 9: {
                            yield {
                                field: `${prefix}.clockTo`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 10: {
                            yield {
                                field: `${prefix}.update`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 11: {
                            yield {
                                field: `${prefix}.timeMs`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 12: {
                            yield {
                                field: `${prefix}.stateHash`,
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
        return encodeMessage(obj, EnvelopeBody.codec());
    }
    EnvelopeBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, EnvelopeBody.codec(), opts);
    }
    EnvelopeBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, EnvelopeBody.codec(), opts);
    }
    EnvelopeBody.stream = stream;
})(EnvelopeBody || (EnvelopeBody = {}));
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
