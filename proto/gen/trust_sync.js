import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var TrustFrame;
(function (TrustFrame) {
    let Frontier;
    (function (Frontier) {
        let _codec;
        Frontier.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if (obj.heads != null && obj.heads.length > 0) {
                        for (const value of obj.heads) {
                            w.uint32(10);
                            w.bytes(value);
                        }
                    }
                    if (obj.wantedKeys != null && obj.wantedKeys.length > 0) {
                        for (const value of obj.wantedKeys) {
                            w.uint32(18);
                            w.bytes(value);
                        }
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        heads: [],
                        wantedKeys: []
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.heads != null && obj.heads.length === opts.limits.heads) {
                                    throw new MaxLengthError('Decode error - repeated field "heads" had too many elements');
                                }
                                obj.heads.push(reader.bytes());
                                break;
                            }
                            case 2: {
                                if (opts.limits?.wantedKeys != null && obj.wantedKeys.length === opts.limits.wantedKeys) {
                                    throw new MaxLengthError('Decode error - repeated field "wantedKeys" had too many elements');
                                }
                                obj.wantedKeys.push(reader.bytes());
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
                        heads: 0,
                        wantedKeys: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.heads != null && obj.heads === opts.limits.heads) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "heads" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.heads[]`,
                                    index: obj.heads,
                                    value: reader.bytes()
                                };
                                obj.heads++;
                                break;
                            }
                            case 2: {
                                if (opts.limits?.wantedKeys != null && obj.wantedKeys === opts.limits.wantedKeys) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "wantedKeys" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.wantedKeys[]`,
                                    index: obj.wantedKeys,
                                    value: reader.bytes()
                                };
                                obj.wantedKeys++;
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
            return encodeMessage(obj, Frontier.codec());
        }
        Frontier.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Frontier.codec(), opts);
        }
        Frontier.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Frontier.codec(), opts);
        }
        Frontier.stream = stream;
    })(Frontier = TrustFrame.Frontier || (TrustFrame.Frontier = {}));
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
    })(Records = TrustFrame.Records || (TrustFrame.Records = {}));
    let GroupKeys;
    (function (GroupKeys) {
        let _codec;
        GroupKeys.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if (obj.keys != null && obj.keys.length > 0) {
                        for (const value of obj.keys) {
                            w.uint32(10);
                            w.bytes(value);
                        }
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        keys: []
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.keys != null && obj.keys.length === opts.limits.keys) {
                                    throw new MaxLengthError('Decode error - repeated field "keys" had too many elements');
                                }
                                obj.keys.push(reader.bytes());
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
                        keys: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                if (opts.limits?.keys != null && obj.keys === opts.limits.keys) {
                                    throw new MaxLengthError('Streaming decode error - repeated field "keys" had too many elements');
                                }
                                yield {
                                    field: `${prefix}.keys[]`,
                                    index: obj.keys,
                                    value: reader.bytes()
                                };
                                obj.keys++;
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
            return encodeMessage(obj, GroupKeys.codec());
        }
        GroupKeys.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, GroupKeys.codec(), opts);
        }
        GroupKeys.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, GroupKeys.codec(), opts);
        }
        GroupKeys.stream = stream;
    })(GroupKeys = TrustFrame.GroupKeys || (TrustFrame.GroupKeys = {}));
    let _codec;
    TrustFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.groupKeys != null) {
                    obj.records = undefined;
                    obj.frontier = undefined;
                }
                if (obj.records != null) {
                    obj.groupKeys = undefined;
                    obj.frontier = undefined;
                }
                if (obj.frontier != null) {
                    obj.groupKeys = undefined;
                    obj.records = undefined;
                }
                if (obj.frontier != null) {
                    w.uint32(10);
                    TrustFrame.Frontier.codec().encode(obj.frontier, w);
                }
                if (obj.records != null) {
                    w.uint32(18);
                    TrustFrame.Records.codec().encode(obj.records, w);
                }
                if (obj.groupKeys != null) {
                    w.uint32(26);
                    TrustFrame.GroupKeys.codec().encode(obj.groupKeys, w);
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
                            obj.frontier = TrustFrame.Frontier.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.frontier
                            });
                            break;
                        }
                        case 2: {
                            obj.records = TrustFrame.Records.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.records
                            });
                            break;
                        }
                        case 3: {
                            obj.groupKeys = TrustFrame.GroupKeys.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.groupKeys
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.groupKeys != null) {
                    delete obj.records;
                    delete obj.frontier;
                }
                if (obj.records != null) {
                    delete obj.groupKeys;
                    delete obj.frontier;
                }
                if (obj.frontier != null) {
                    delete obj.groupKeys;
                    delete obj.records;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield* TrustFrame.Frontier.codec().stream(reader, reader.uint32(), `${prefix}.frontier`, {
                                limits: opts.limits?.frontier
                            });
                            break;
                        }
                        case 2: {
                            yield* TrustFrame.Records.codec().stream(reader, reader.uint32(), `${prefix}.records`, {
                                limits: opts.limits?.records
                            });
                            break;
                        }
                        case 3: {
                            yield* TrustFrame.GroupKeys.codec().stream(reader, reader.uint32(), `${prefix}.groupKeys`, {
                                limits: opts.limits?.groupKeys
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
        return encodeMessage(obj, TrustFrame.codec());
    }
    TrustFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, TrustFrame.codec(), opts);
    }
    TrustFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, TrustFrame.codec(), opts);
    }
    TrustFrame.stream = stream;
})(TrustFrame || (TrustFrame = {}));
