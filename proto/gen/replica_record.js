import { decodeMessage, encodeMessage, message, streamMessage } from 'protons-runtime';
import { alloc as uint8ArrayAlloc } from 'uint8arrays/alloc';
export var ReplicaHead;
(function (ReplicaHead) {
    let _codec;
    ReplicaHead.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.incarnation != null && obj.incarnation !== 0n)) {
                    w.uint32(8);
                    writeUint64(w, obj.incarnation);
                }
                if ((obj.seq != null && obj.seq !== 0n)) {
                    w.uint32(16);
                    writeUint64(w, obj.seq);
                }
                if ((obj.headHash != null && obj.headHash.byteLength > 0)) {
                    w.uint32(26);
                    w.bytes(obj.headHash);
                }
                if ((obj.clock != null && obj.clock !== 0n)) {
                    w.uint32(32);
                    writeUint64(w, obj.clock);
                }
                if ((obj.snapshotSeq != null && obj.snapshotSeq !== 0n)) {
                    w.uint32(40);
                    writeUint64(w, obj.snapshotSeq);
                }
                if ((obj.previousSnapshotSeq != null && obj.previousSnapshotSeq !== 0n)) {
                    w.uint32(48);
                    writeUint64(w, obj.previousSnapshotSeq);
                }
                if ((obj.oldestSeq != null && obj.oldestSeq !== 0n)) {
                    w.uint32(56);
                    writeUint64(w, obj.oldestSeq);
                }
                if ((obj.tailBytes != null && obj.tailBytes !== 0n)) {
                    w.uint32(64);
                    writeUint64(w, obj.tailBytes);
                }
                if ((obj.forkSeq != null && obj.forkSeq !== 0n)) {
                    w.uint32(72);
                    writeUint64(w, obj.forkSeq);
                }
                if ((obj.value != null && obj.value.byteLength > 0)) {
                    w.uint32(82);
                    w.bytes(obj.value);
                }
                if ((obj.checksum != null && obj.checksum !== 0)) {
                    w.uint32(88);
                    w.uint32(obj.checksum);
                }
                if ((obj.isOwn != null && obj.isOwn !== false)) {
                    w.uint32(96);
                    w.bool(obj.isOwn);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    incarnation: 0n,
                    seq: 0n,
                    headHash: uint8ArrayAlloc(0),
                    clock: 0n,
                    snapshotSeq: 0n,
                    previousSnapshotSeq: 0n,
                    oldestSeq: 0n,
                    tailBytes: 0n,
                    forkSeq: 0n,
                    value: uint8ArrayAlloc(0),
                    checksum: 0,
                    isOwn: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.incarnation = reader.uint64();
                            break;
                        }
                        case 2: {
                            obj.seq = reader.uint64();
                            break;
                        }
                        case 3: {
                            obj.headHash = reader.bytes();
                            break;
                        }
                        case 4: {
                            obj.clock = reader.uint64();
                            break;
                        }
                        case 5: {
                            obj.snapshotSeq = reader.uint64();
                            break;
                        }
                        case 6: {
                            obj.previousSnapshotSeq = reader.uint64();
                            break;
                        }
                        case 7: {
                            obj.oldestSeq = reader.uint64();
                            break;
                        }
                        case 8: {
                            obj.tailBytes = reader.uint64();
                            break;
                        }
                        case 9: {
                            obj.forkSeq = reader.uint64();
                            break;
                        }
                        case 10: {
                            obj.value = reader.bytes();
                            break;
                        }
                        case 11: {
                            obj.checksum = reader.uint32();
                            break;
                        }
                        case 12: {
                            obj.isOwn = reader.bool();
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
                                field: `${prefix}.incarnation`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.seq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.headHash`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.clock`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.snapshotSeq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.previousSnapshotSeq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 7: {
                            yield {
                                field: `${prefix}.oldestSeq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 8: {
                            yield {
                                field: `${prefix}.tailBytes`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 9: {
                            yield {
                                field: `${prefix}.forkSeq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 10: {
                            yield {
                                field: `${prefix}.value`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 11: {
                            yield {
                                field: `${prefix}.checksum`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 12: {
                            yield {
                                field: `${prefix}.isOwn`,
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
        return encodeMessage(obj, ReplicaHead.codec());
    }
    ReplicaHead.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ReplicaHead.codec(), opts);
    }
    ReplicaHead.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ReplicaHead.codec(), opts);
    }
    ReplicaHead.stream = stream;
})(ReplicaHead || (ReplicaHead = {}));
export var ReplicaState;
(function (ReplicaState) {
    let _codec;
    ReplicaState.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.update != null && obj.update.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.update);
                }
                if ((obj.checksum != null && obj.checksum !== 0)) {
                    w.uint32(16);
                    w.uint32(obj.checksum);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    update: uint8ArrayAlloc(0),
                    checksum: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.update = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.checksum = reader.uint32();
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
                                field: `${prefix}.update`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.checksum`,
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
        return encodeMessage(obj, ReplicaState.codec());
    }
    ReplicaState.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ReplicaState.codec(), opts);
    }
    ReplicaState.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ReplicaState.codec(), opts);
    }
    ReplicaState.stream = stream;
})(ReplicaState || (ReplicaState = {}));
export var ReplicaFork;
(function (ReplicaFork) {
    let _codec;
    ReplicaFork.codec = () => {
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
        return encodeMessage(obj, ReplicaFork.codec());
    }
    ReplicaFork.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ReplicaFork.codec(), opts);
    }
    ReplicaFork.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ReplicaFork.codec(), opts);
    }
    ReplicaFork.stream = stream;
})(ReplicaFork || (ReplicaFork = {}));
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
