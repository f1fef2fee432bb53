/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, enumeration, MaxLengthError, message, streamMessage } from 'protons-runtime';
import { alloc as uint8ArrayAlloc } from 'uint8arrays/alloc';
export var SignedTrustRecord;
(function (SignedTrustRecord) {
    let _codec;
    SignedTrustRecord.codec = () => {
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
        return encodeMessage(obj, SignedTrustRecord.codec());
    }
    SignedTrustRecord.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SignedTrustRecord.codec(), opts);
    }
    SignedTrustRecord.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SignedTrustRecord.codec(), opts);
    }
    SignedTrustRecord.stream = stream;
})(SignedTrustRecord || (SignedTrustRecord = {}));
export var TrustRecordBody;
(function (TrustRecordBody) {
    let _codec;
    TrustRecordBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.rekey != null) {
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.rename != null) {
                    obj.rekey = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.renew != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.cancel != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.invite != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.leave != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.revoke != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.role != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.admit = undefined;
                    obj.genesis = undefined;
                }
                if (obj.admit != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.genesis = undefined;
                }
                if (obj.genesis != null) {
                    obj.rekey = undefined;
                    obj.rename = undefined;
                    obj.renew = undefined;
                    obj.cancel = undefined;
                    obj.invite = undefined;
                    obj.leave = undefined;
                    obj.revoke = undefined;
                    obj.role = undefined;
                    obj.admit = undefined;
                }
                if ((obj.network != null && obj.network.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.network);
                }
                if ((obj.author != null && obj.author.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.author);
                }
                if ((obj.seq != null && obj.seq !== 0n)) {
                    w.uint32(24);
                    writeUint64(w, obj.seq);
                }
                if ((obj.prev != null && obj.prev.byteLength > 0)) {
                    w.uint32(34);
                    w.bytes(obj.prev);
                }
                if (obj.heads != null && obj.heads.length > 0) {
                    for (const value of obj.heads) {
                        w.uint32(42);
                        w.bytes(value);
                    }
                }
                if ((obj.timeMs != null && obj.timeMs !== 0n)) {
                    w.uint32(48);
                    writeUint64(w, obj.timeMs);
                }
                if (obj.genesis != null) {
                    w.uint32(82);
                    GenesisOperation.codec().encode(obj.genesis, w);
                }
                if (obj.admit != null) {
                    w.uint32(90);
                    AdmitOperation.codec().encode(obj.admit, w);
                }
                if (obj.role != null) {
                    w.uint32(98);
                    RoleOperation.codec().encode(obj.role, w);
                }
                if (obj.revoke != null) {
                    w.uint32(106);
                    RevokeOperation.codec().encode(obj.revoke, w);
                }
                if (obj.leave != null) {
                    w.uint32(114);
                    LeaveOperation.codec().encode(obj.leave, w);
                }
                if (obj.invite != null) {
                    w.uint32(122);
                    InviteOperation.codec().encode(obj.invite, w);
                }
                if (obj.cancel != null) {
                    w.uint32(130);
                    CancelOperation.codec().encode(obj.cancel, w);
                }
                if (obj.renew != null) {
                    w.uint32(138);
                    RenewOperation.codec().encode(obj.renew, w);
                }
                if (obj.rename != null) {
                    w.uint32(146);
                    RenameOperation.codec().encode(obj.rename, w);
                }
                if (obj.rekey != null) {
                    w.uint32(154);
                    RekeyOperation.codec().encode(obj.rekey, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    network: uint8ArrayAlloc(0),
                    author: uint8ArrayAlloc(0),
                    seq: 0n,
                    prev: uint8ArrayAlloc(0),
                    heads: [],
                    timeMs: 0n
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
                            obj.author = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.seq = reader.uint64();
                            break;
                        }
                        case 4: {
                            obj.prev = reader.bytes();
                            break;
                        }
                        case 5: {
                            if (opts.limits?.heads != null && obj.heads.length === opts.limits.heads) {
                                throw new MaxLengthError('Decode error - repeated field "heads" had too many elements');
                            }
                            obj.heads.push(reader.bytes());
                            break;
                        }
                        case 6: {
                            obj.timeMs = reader.uint64();
                            break;
                        }
                        case 10: {
                            obj.genesis = GenesisOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.genesis
                            });
                            break;
                        }
                        case 11: {
                            obj.admit = AdmitOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.admit
                            });
                            break;
                        }
                        case 12: {
                            obj.role = RoleOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.role
                            });
                            break;
                        }
                        case 13: {
                            obj.revoke = RevokeOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.revoke
                            });
                            break;
                        }
                        case 14: {
                            obj.leave = LeaveOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.leave
                            });
                            break;
                        }
                        case 15: {
                            obj.invite = InviteOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.invite
                            });
                            break;
                        }
                        case 16: {
                            obj.cancel = CancelOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.cancel
                            });
                            break;
                        }
                        case 17: {
                            obj.renew = RenewOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.renew
                            });
                            break;
                        }
                        case 18: {
                            obj.rename = RenameOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.rename
                            });
                            break;
                        }
                        case 19: {
                            obj.rekey = RekeyOperation.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.rekey
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.rekey != null) {
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.rename != null) {
                    delete obj.rekey;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.renew != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.cancel != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.invite != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.leave != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.revoke != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.role;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.role != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.admit;
                    delete obj.genesis;
                }
                if (obj.admit != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.genesis;
                }
                if (obj.genesis != null) {
                    delete obj.rekey;
                    delete obj.rename;
                    delete obj.renew;
                    delete obj.cancel;
                    delete obj.invite;
                    delete obj.leave;
                    delete obj.revoke;
                    delete obj.role;
                    delete obj.admit;
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
                                field: `${prefix}.network`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.author`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.seq`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.prev`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 5: {
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
                        case 6: {
                            yield {
                                field: `${prefix}.timeMs`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 10: {
                            yield* GenesisOperation.codec().stream(reader, reader.uint32(), `${prefix}.genesis`, {
                                limits: opts.limits?.genesis
                            });
                            break;
                        }
                        case 11: {
                            yield* AdmitOperation.codec().stream(reader, reader.uint32(), `${prefix}.admit`, {
                                limits: opts.limits?.admit
                            });
                            break;
                        }
                        case 12: {
                            yield* RoleOperation.codec().stream(reader, reader.uint32(), `${prefix}.role`, {
                                limits: opts.limits?.role
                            });
                            break;
                        }
                        case 13: {
                            yield* RevokeOperation.codec().stream(reader, reader.uint32(), `${prefix}.revoke`, {
                                limits: opts.limits?.revoke
                            });
                            break;
                        }
                        case 14: {
                            yield* LeaveOperation.codec().stream(reader, reader.uint32(), `${prefix}.leave`, {
                                limits: opts.limits?.leave
                            });
                            break;
                        }
                        case 15: {
                            yield* InviteOperation.codec().stream(reader, reader.uint32(), `${prefix}.invite`, {
                                limits: opts.limits?.invite
                            });
                            break;
                        }
                        case 16: {
                            yield* CancelOperation.codec().stream(reader, reader.uint32(), `${prefix}.cancel`, {
                                limits: opts.limits?.cancel
                            });
                            break;
                        }
                        case 17: {
                            yield* RenewOperation.codec().stream(reader, reader.uint32(), `${prefix}.renew`, {
                                limits: opts.limits?.renew
                            });
                            break;
                        }
                        case 18: {
                            yield* RenameOperation.codec().stream(reader, reader.uint32(), `${prefix}.rename`, {
                                limits: opts.limits?.rename
                            });
                            break;
                        }
                        case 19: {
                            yield* RekeyOperation.codec().stream(reader, reader.uint32(), `${prefix}.rekey`, {
                                limits: opts.limits?.rekey
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
        return encodeMessage(obj, TrustRecordBody.codec());
    }
    TrustRecordBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, TrustRecordBody.codec(), opts);
    }
    TrustRecordBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, TrustRecordBody.codec(), opts);
    }
    TrustRecordBody.stream = stream;
})(TrustRecordBody || (TrustRecordBody = {}));
export var RoleWire;
(function (RoleWire) {
    RoleWire["ROLE_UNSPECIFIED"] = "ROLE_UNSPECIFIED";
    RoleWire["ROLE_GUEST"] = "ROLE_GUEST";
    RoleWire["ROLE_MEMBER"] = "ROLE_MEMBER";
    RoleWire["ROLE_OPERATOR"] = "ROLE_OPERATOR";
    RoleWire["ROLE_ADMIN"] = "ROLE_ADMIN";
    RoleWire["ROLE_OWNER"] = "ROLE_OWNER";
})(RoleWire || (RoleWire = {}));
var __RoleWireValues;
(function (__RoleWireValues) {
    __RoleWireValues[__RoleWireValues["ROLE_UNSPECIFIED"] = 0] = "ROLE_UNSPECIFIED";
    __RoleWireValues[__RoleWireValues["ROLE_GUEST"] = 1] = "ROLE_GUEST";
    __RoleWireValues[__RoleWireValues["ROLE_MEMBER"] = 2] = "ROLE_MEMBER";
    __RoleWireValues[__RoleWireValues["ROLE_OPERATOR"] = 3] = "ROLE_OPERATOR";
    __RoleWireValues[__RoleWireValues["ROLE_ADMIN"] = 4] = "ROLE_ADMIN";
    __RoleWireValues[__RoleWireValues["ROLE_OWNER"] = 5] = "ROLE_OWNER";
})(__RoleWireValues || (__RoleWireValues = {}));
(function (RoleWire) {
    RoleWire.codec = () => {
        return enumeration(__RoleWireValues);
    };
})(RoleWire || (RoleWire = {}));
export var GenesisOperation;
(function (GenesisOperation) {
    let _codec;
    GenesisOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(10);
                    w.string(obj.name);
                }
                if ((obj.owner != null && obj.owner.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.owner);
                }
                if ((obj.ownerName != null && obj.ownerName !== '')) {
                    w.uint32(26);
                    w.string(obj.ownerName);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    name: '',
                    owner: uint8ArrayAlloc(0),
                    ownerName: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.name = reader.string();
                            break;
                        }
                        case 2: {
                            obj.owner = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.ownerName = reader.string();
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
                                field: `${prefix}.name`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.owner`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.ownerName`,
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
        return encodeMessage(obj, GenesisOperation.codec());
    }
    GenesisOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, GenesisOperation.codec(), opts);
    }
    GenesisOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, GenesisOperation.codec(), opts);
    }
    GenesisOperation.stream = stream;
})(GenesisOperation || (GenesisOperation = {}));
export var AdmitOperation;
(function (AdmitOperation) {
    let _codec;
    AdmitOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.device != null && obj.device.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.device);
                }
                if (obj.role != null && __RoleWireValues[obj.role] !== 0) {
                    w.uint32(16);
                    RoleWire.codec().encode(obj.role, w);
                }
                if ((obj.untilMs != null && obj.untilMs !== 0n)) {
                    w.uint32(24);
                    writeUint64(w, obj.untilMs);
                }
                if ((obj.invite != null && obj.invite.byteLength > 0)) {
                    w.uint32(34);
                    w.bytes(obj.invite);
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(42);
                    w.string(obj.name);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    device: uint8ArrayAlloc(0),
                    role: RoleWire.ROLE_UNSPECIFIED,
                    untilMs: 0n,
                    invite: uint8ArrayAlloc(0),
                    name: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.device = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.role = RoleWire.codec().decode(reader);
                            break;
                        }
                        case 3: {
                            obj.untilMs = reader.uint64();
                            break;
                        }
                        case 4: {
                            obj.invite = reader.bytes();
                            break;
                        }
                        case 5: {
                            obj.name = reader.string();
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
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.role`,
                                value: RoleWire.codec().decode(reader)
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.untilMs`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.invite`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.name`,
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
        return encodeMessage(obj, AdmitOperation.codec());
    }
    AdmitOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, AdmitOperation.codec(), opts);
    }
    AdmitOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, AdmitOperation.codec(), opts);
    }
    AdmitOperation.stream = stream;
})(AdmitOperation || (AdmitOperation = {}));
export var RoleOperation;
(function (RoleOperation) {
    let _codec;
    RoleOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.device != null && obj.device.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.device);
                }
                if (obj.role != null && __RoleWireValues[obj.role] !== 0) {
                    w.uint32(16);
                    RoleWire.codec().encode(obj.role, w);
                }
                if ((obj.untilMs != null && obj.untilMs !== 0n)) {
                    w.uint32(24);
                    writeUint64(w, obj.untilMs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    device: uint8ArrayAlloc(0),
                    role: RoleWire.ROLE_UNSPECIFIED,
                    untilMs: 0n
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.device = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.role = RoleWire.codec().decode(reader);
                            break;
                        }
                        case 3: {
                            obj.untilMs = reader.uint64();
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
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.role`,
                                value: RoleWire.codec().decode(reader)
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.untilMs`,
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
        return encodeMessage(obj, RoleOperation.codec());
    }
    RoleOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RoleOperation.codec(), opts);
    }
    RoleOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RoleOperation.codec(), opts);
    }
    RoleOperation.stream = stream;
})(RoleOperation || (RoleOperation = {}));
export var RevokeOperation;
(function (RevokeOperation) {
    let _codec;
    RevokeOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.device != null && obj.device.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.device);
                }
                if ((obj.reason != null && obj.reason !== '')) {
                    w.uint32(18);
                    w.string(obj.reason);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    device: uint8ArrayAlloc(0),
                    reason: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.device = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.reason = reader.string();
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
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.reason`,
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
        return encodeMessage(obj, RevokeOperation.codec());
    }
    RevokeOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RevokeOperation.codec(), opts);
    }
    RevokeOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RevokeOperation.codec(), opts);
    }
    RevokeOperation.stream = stream;
})(RevokeOperation || (RevokeOperation = {}));
export var LeaveOperation;
(function (LeaveOperation) {
    let _codec;
    LeaveOperation.codec = () => {
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
        return encodeMessage(obj, LeaveOperation.codec());
    }
    LeaveOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, LeaveOperation.codec(), opts);
    }
    LeaveOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, LeaveOperation.codec(), opts);
    }
    LeaveOperation.stream = stream;
})(LeaveOperation || (LeaveOperation = {}));
export var InviteOperation;
(function (InviteOperation) {
    let _codec;
    InviteOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.id != null && obj.id.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.id);
                }
                if (obj.role != null && __RoleWireValues[obj.role] !== 0) {
                    w.uint32(16);
                    RoleWire.codec().encode(obj.role, w);
                }
                if ((obj.expiresMs != null && obj.expiresMs !== 0n)) {
                    w.uint32(24);
                    writeUint64(w, obj.expiresMs);
                }
                if ((obj.uses != null && obj.uses !== 0)) {
                    w.uint32(32);
                    w.uint32(obj.uses);
                }
                if ((obj.approve != null && obj.approve !== false)) {
                    w.uint32(40);
                    w.bool(obj.approve);
                }
                if ((obj.guestUntilMs != null && obj.guestUntilMs !== 0n)) {
                    w.uint32(48);
                    writeUint64(w, obj.guestUntilMs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    id: uint8ArrayAlloc(0),
                    role: RoleWire.ROLE_UNSPECIFIED,
                    expiresMs: 0n,
                    uses: 0,
                    approve: false,
                    guestUntilMs: 0n
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.id = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.role = RoleWire.codec().decode(reader);
                            break;
                        }
                        case 3: {
                            obj.expiresMs = reader.uint64();
                            break;
                        }
                        case 4: {
                            obj.uses = reader.uint32();
                            break;
                        }
                        case 5: {
                            obj.approve = reader.bool();
                            break;
                        }
                        case 6: {
                            obj.guestUntilMs = reader.uint64();
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
                                field: `${prefix}.id`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.role`,
                                value: RoleWire.codec().decode(reader)
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.expiresMs`,
                                value: reader.uint64()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.uses`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.approve`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.guestUntilMs`,
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
        return encodeMessage(obj, InviteOperation.codec());
    }
    InviteOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, InviteOperation.codec(), opts);
    }
    InviteOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, InviteOperation.codec(), opts);
    }
    InviteOperation.stream = stream;
})(InviteOperation || (InviteOperation = {}));
export var CancelOperation;
(function (CancelOperation) {
    let _codec;
    CancelOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.invite != null && obj.invite.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.invite);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    invite: uint8ArrayAlloc(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.invite = reader.bytes();
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
                                field: `${prefix}.invite`,
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
        return encodeMessage(obj, CancelOperation.codec());
    }
    CancelOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, CancelOperation.codec(), opts);
    }
    CancelOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, CancelOperation.codec(), opts);
    }
    CancelOperation.stream = stream;
})(CancelOperation || (CancelOperation = {}));
export var RenewOperation;
(function (RenewOperation) {
    let _codec;
    RenewOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.devices != null && obj.devices.length > 0) {
                    for (const value of obj.devices) {
                        w.uint32(10);
                        w.bytes(value);
                    }
                }
                if ((obj.untilMs != null && obj.untilMs !== 0n)) {
                    w.uint32(16);
                    writeUint64(w, obj.untilMs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    devices: [],
                    untilMs: 0n
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.devices != null && obj.devices.length === opts.limits.devices) {
                                throw new MaxLengthError('Decode error - repeated field "devices" had too many elements');
                            }
                            obj.devices.push(reader.bytes());
                            break;
                        }
                        case 2: {
                            obj.untilMs = reader.uint64();
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
                    devices: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.devices != null && obj.devices === opts.limits.devices) {
                                throw new MaxLengthError('Streaming decode error - repeated field "devices" had too many elements');
                            }
                            yield {
                                field: `${prefix}.devices[]`,
                                index: obj.devices,
                                value: reader.bytes()
                            };
                            obj.devices++;
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.untilMs`,
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
        return encodeMessage(obj, RenewOperation.codec());
    }
    RenewOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RenewOperation.codec(), opts);
    }
    RenewOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RenewOperation.codec(), opts);
    }
    RenewOperation.stream = stream;
})(RenewOperation || (RenewOperation = {}));
export var RenameOperation;
(function (RenameOperation) {
    let _codec;
    RenameOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(10);
                    w.string(obj.name);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    name: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.name = reader.string();
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
                                field: `${prefix}.name`,
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
        return encodeMessage(obj, RenameOperation.codec());
    }
    RenameOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RenameOperation.codec(), opts);
    }
    RenameOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RenameOperation.codec(), opts);
    }
    RenameOperation.stream = stream;
})(RenameOperation || (RenameOperation = {}));
export var RekeyOperation;
(function (RekeyOperation) {
    let _codec;
    RekeyOperation.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.commitment != null && obj.commitment.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.commitment);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    commitment: uint8ArrayAlloc(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.commitment = reader.bytes();
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
                                field: `${prefix}.commitment`,
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
        return encodeMessage(obj, RekeyOperation.codec());
    }
    RekeyOperation.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RekeyOperation.codec(), opts);
    }
    RekeyOperation.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RekeyOperation.codec(), opts);
    }
    RekeyOperation.stream = stream;
})(RekeyOperation || (RekeyOperation = {}));
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
