import { decodeMessage, encodeMessage, enumeration, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var AddressBookRecord;
(function (AddressBookRecord) {
    let Address;
    (function (Address) {
        let _codec;
        Address.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.address != null && obj.address !== '')) {
                        w.uint32(10);
                        w.string(obj.address);
                    }
                    if (obj.source != null && __SourceValues[obj.source] !== 0) {
                        w.uint32(16);
                        AddressBookRecord.Source.codec().encode(obj.source, w);
                    }
                    if ((obj.lastSuccessAt != null && obj.lastSuccessAt !== 0n)) {
                        w.uint32(24);
                        writeUint64(w, obj.lastSuccessAt);
                    }
                    if ((obj.addedAt != null && obj.addedAt !== 0n)) {
                        w.uint32(32);
                        writeUint64(w, obj.addedAt);
                    }
                    if ((obj.failures != null && obj.failures !== 0)) {
                        w.uint32(40);
                        w.uint32(obj.failures);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        address: '',
                        source: Source.SOURCE_UNSPECIFIED,
                        lastSuccessAt: 0n,
                        addedAt: 0n,
                        failures: 0
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.address = reader.string();
                                break;
                            }
                            case 2: {
                                obj.source = AddressBookRecord.Source.codec().decode(reader);
                                break;
                            }
                            case 3: {
                                obj.lastSuccessAt = reader.uint64();
                                break;
                            }
                            case 4: {
                                obj.addedAt = reader.uint64();
                                break;
                            }
                            case 5: {
                                obj.failures = reader.uint32();
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
                                    field: `${prefix}.address`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.source`,
                                    value: AddressBookRecord.Source.codec().decode(reader)
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.lastSuccessAt`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            case 4: {
                                yield {
                                    field: `${prefix}.addedAt`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            case 5: {
                                yield {
                                    field: `${prefix}.failures`,
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
            return encodeMessage(obj, Address.codec());
        }
        Address.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Address.codec(), opts);
        }
        Address.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Address.codec(), opts);
        }
        Address.stream = stream;
    })(Address = AddressBookRecord.Address || (AddressBookRecord.Address = {}));
    let Attempt;
    (function (Attempt) {
        let _codec;
        Attempt.codec = () => {
            if (_codec == null) {
                _codec = message((obj, w, opts = {}) => {
                    if (opts.lengthDelimited !== false) {
                        w.fork();
                    }
                    if ((obj.address != null && obj.address !== '')) {
                        w.uint32(10);
                        w.string(obj.address);
                    }
                    if (obj.source != null && __SourceValues[obj.source] !== 0) {
                        w.uint32(16);
                        AddressBookRecord.Source.codec().encode(obj.source, w);
                    }
                    if ((obj.at != null && obj.at !== 0n)) {
                        w.uint32(24);
                        writeUint64(w, obj.at);
                    }
                    if ((obj.durationMs != null && obj.durationMs !== 0)) {
                        w.uint32(32);
                        w.uint32(obj.durationMs);
                    }
                    if (obj.outcome != null && __OutcomeValues[obj.outcome] !== 0) {
                        w.uint32(40);
                        AddressBookRecord.Outcome.codec().encode(obj.outcome, w);
                    }
                    if ((obj.detail != null && obj.detail !== '')) {
                        w.uint32(50);
                        w.string(obj.detail);
                    }
                    if (opts.lengthDelimited !== false) {
                        w.ldelim();
                    }
                }, (reader, length, opts = {}) => {
                    const obj = {
                        address: '',
                        source: Source.SOURCE_UNSPECIFIED,
                        at: 0n,
                        durationMs: 0,
                        outcome: Outcome.OUTCOME_UNSPECIFIED,
                        detail: ''
                    };
                    const end = length == null ? reader.len : reader.pos + length;
                    while (reader.pos < end) {
                        const tag = reader.uint32();
                        switch (tag >>> 3) {
                            case 1: {
                                obj.address = reader.string();
                                break;
                            }
                            case 2: {
                                obj.source = AddressBookRecord.Source.codec().decode(reader);
                                break;
                            }
                            case 3: {
                                obj.at = reader.uint64();
                                break;
                            }
                            case 4: {
                                obj.durationMs = reader.uint32();
                                break;
                            }
                            case 5: {
                                obj.outcome = AddressBookRecord.Outcome.codec().decode(reader);
                                break;
                            }
                            case 6: {
                                obj.detail = reader.string();
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
                                    field: `${prefix}.address`,
                                    value: reader.string()
                                };
                                break;
                            }
                            case 2: {
                                yield {
                                    field: `${prefix}.source`,
                                    value: AddressBookRecord.Source.codec().decode(reader)
                                };
                                break;
                            }
                            case 3: {
                                yield {
                                    field: `${prefix}.at`,
                                    value: reader.uint64()
                                };
                                break;
                            }
                            case 4: {
                                yield {
                                    field: `${prefix}.durationMs`,
                                    value: reader.uint32()
                                };
                                break;
                            }
                            case 5: {
                                yield {
                                    field: `${prefix}.outcome`,
                                    value: AddressBookRecord.Outcome.codec().decode(reader)
                                };
                                break;
                            }
                            case 6: {
                                yield {
                                    field: `${prefix}.detail`,
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
            return encodeMessage(obj, Attempt.codec());
        }
        Attempt.encode = encode;
        function decode(buf, opts) {
            return decodeMessage(buf, Attempt.codec(), opts);
        }
        Attempt.decode = decode;
        function stream(buf, opts) {
            return streamMessage(buf, Attempt.codec(), opts);
        }
        Attempt.stream = stream;
    })(Attempt = AddressBookRecord.Attempt || (AddressBookRecord.Attempt = {}));
    let Source;
    (function (Source) {
        Source["SOURCE_UNSPECIFIED"] = "SOURCE_UNSPECIFIED";
        Source["MDNS"] = "MDNS";
        Source["DHT"] = "DHT";
        Source["RECORD"] = "RECORD";
        Source["ADDRESS_BOOK"] = "ADDRESS_BOOK";
        Source["MANUAL"] = "MANUAL";
        Source["TICKET"] = "TICKET";
    })(Source = AddressBookRecord.Source || (AddressBookRecord.Source = {}));
    let __SourceValues;
    (function (__SourceValues) {
        __SourceValues[__SourceValues["SOURCE_UNSPECIFIED"] = 0] = "SOURCE_UNSPECIFIED";
        __SourceValues[__SourceValues["MDNS"] = 1] = "MDNS";
        __SourceValues[__SourceValues["DHT"] = 2] = "DHT";
        __SourceValues[__SourceValues["RECORD"] = 3] = "RECORD";
        __SourceValues[__SourceValues["ADDRESS_BOOK"] = 4] = "ADDRESS_BOOK";
        __SourceValues[__SourceValues["MANUAL"] = 5] = "MANUAL";
        __SourceValues[__SourceValues["TICKET"] = 6] = "TICKET";
    })(__SourceValues || (__SourceValues = {}));
    (function (Source) {
        Source.codec = () => {
            return enumeration(__SourceValues);
        };
    })(Source = AddressBookRecord.Source || (AddressBookRecord.Source = {}));
    let Outcome;
    (function (Outcome) {
        Outcome["OUTCOME_UNSPECIFIED"] = "OUTCOME_UNSPECIFIED";
        Outcome["CONNECTED"] = "CONNECTED";
        Outcome["REFUSED"] = "REFUSED";
        Outcome["TIMEOUT"] = "TIMEOUT";
        Outcome["UNREACHABLE"] = "UNREACHABLE";
        Outcome["WRONG_DEVICE"] = "WRONG_DEVICE";
        Outcome["DENIED"] = "DENIED";
        Outcome["FAILED"] = "FAILED";
    })(Outcome = AddressBookRecord.Outcome || (AddressBookRecord.Outcome = {}));
    let __OutcomeValues;
    (function (__OutcomeValues) {
        __OutcomeValues[__OutcomeValues["OUTCOME_UNSPECIFIED"] = 0] = "OUTCOME_UNSPECIFIED";
        __OutcomeValues[__OutcomeValues["CONNECTED"] = 1] = "CONNECTED";
        __OutcomeValues[__OutcomeValues["REFUSED"] = 2] = "REFUSED";
        __OutcomeValues[__OutcomeValues["TIMEOUT"] = 3] = "TIMEOUT";
        __OutcomeValues[__OutcomeValues["UNREACHABLE"] = 4] = "UNREACHABLE";
        __OutcomeValues[__OutcomeValues["WRONG_DEVICE"] = 5] = "WRONG_DEVICE";
        __OutcomeValues[__OutcomeValues["DENIED"] = 6] = "DENIED";
        __OutcomeValues[__OutcomeValues["FAILED"] = 7] = "FAILED";
    })(__OutcomeValues || (__OutcomeValues = {}));
    (function (Outcome) {
        Outcome.codec = () => {
            return enumeration(__OutcomeValues);
        };
    })(Outcome = AddressBookRecord.Outcome || (AddressBookRecord.Outcome = {}));
    let _codec;
    AddressBookRecord.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.addresses != null && obj.addresses.length > 0) {
                    for (const value of obj.addresses) {
                        w.uint32(10);
                        AddressBookRecord.Address.codec().encode(value, w);
                    }
                }
                if (obj.attempts != null && obj.attempts.length > 0) {
                    for (const value of obj.attempts) {
                        w.uint32(18);
                        AddressBookRecord.Attempt.codec().encode(value, w);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    addresses: [],
                    attempts: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.addresses != null && obj.addresses.length === opts.limits.addresses) {
                                throw new MaxLengthError('Decode error - repeated field "addresses" had too many elements');
                            }
                            obj.addresses.push(AddressBookRecord.Address.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.addresses$
                            }));
                            break;
                        }
                        case 2: {
                            if (opts.limits?.attempts != null && obj.attempts.length === opts.limits.attempts) {
                                throw new MaxLengthError('Decode error - repeated field "attempts" had too many elements');
                            }
                            obj.attempts.push(AddressBookRecord.Attempt.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.attempts$
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
                    addresses: 0,
                    attempts: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.addresses != null && obj.addresses === opts.limits.addresses) {
                                throw new MaxLengthError('Streaming decode error - repeated field "addresses" had too many elements');
                            }
                            for (const evt of AddressBookRecord.Address.codec().stream(reader, reader.uint32(), `${prefix}.addresses[]`, {
                                limits: opts.limits?.addresses$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.addresses
                                };
                            }
                            obj.addresses++;
                            break;
                        }
                        case 2: {
                            if (opts.limits?.attempts != null && obj.attempts === opts.limits.attempts) {
                                throw new MaxLengthError('Streaming decode error - repeated field "attempts" had too many elements');
                            }
                            for (const evt of AddressBookRecord.Attempt.codec().stream(reader, reader.uint32(), `${prefix}.attempts[]`, {
                                limits: opts.limits?.attempts$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.attempts
                                };
                            }
                            obj.attempts++;
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
        return encodeMessage(obj, AddressBookRecord.codec());
    }
    AddressBookRecord.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, AddressBookRecord.codec(), opts);
    }
    AddressBookRecord.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, AddressBookRecord.codec(), opts);
    }
    AddressBookRecord.stream = stream;
})(AddressBookRecord || (AddressBookRecord = {}));
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
