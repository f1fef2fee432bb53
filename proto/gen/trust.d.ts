import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface SignedTrustRecord {
    body: Uint8Array;
    signature: Uint8Array;
}
export declare namespace SignedTrustRecord {
    const codec: () => Codec<SignedTrustRecord>;
    interface SignedTrustRecordBodyFieldEvent {
        field: '$.body';
        value: Uint8Array;
    }
    interface SignedTrustRecordSignatureFieldEvent {
        field: '$.signature';
        value: Uint8Array;
    }
    function encode(obj: Partial<SignedTrustRecord>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedTrustRecord>): SignedTrustRecord;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedTrustRecord>): Generator<SignedTrustRecordBodyFieldEvent | SignedTrustRecordSignatureFieldEvent>;
}
export interface TrustRecordBody {
    network: Uint8Array;
    author: Uint8Array;
    seq: bigint;
    prev: Uint8Array;
    heads: Uint8Array[];
    timeMs: bigint;
    genesis?: GenesisOperation;
    admit?: AdmitOperation;
    role?: RoleOperation;
    revoke?: RevokeOperation;
    leave?: LeaveOperation;
    invite?: InviteOperation;
    cancel?: CancelOperation;
    renew?: RenewOperation;
    rename?: RenameOperation;
    rekey?: RekeyOperation;
}
export declare namespace TrustRecordBody {
    const codec: () => Codec<TrustRecordBody>;
    interface TrustRecordBodyNetworkFieldEvent {
        field: '$.network';
        value: Uint8Array;
    }
    interface TrustRecordBodyAuthorFieldEvent {
        field: '$.author';
        value: Uint8Array;
    }
    interface TrustRecordBodySeqFieldEvent {
        field: '$.seq';
        value: bigint;
    }
    interface TrustRecordBodyPrevFieldEvent {
        field: '$.prev';
        value: Uint8Array;
    }
    interface TrustRecordBodyHeadsFieldEvent {
        field: '$.heads[]';
        index: number;
        value: Uint8Array;
    }
    interface TrustRecordBodyTimeMsFieldEvent {
        field: '$.timeMs';
        value: bigint;
    }
    interface TrustRecordBodyGenesisNameFieldEvent {
        field: '$.genesis.name';
        value: string;
    }
    interface TrustRecordBodyGenesisOwnerFieldEvent {
        field: '$.genesis.owner';
        value: Uint8Array;
    }
    interface TrustRecordBodyGenesisOwnerNameFieldEvent {
        field: '$.genesis.ownerName';
        value: string;
    }
    interface TrustRecordBodyAdmitDeviceFieldEvent {
        field: '$.admit.device';
        value: Uint8Array;
    }
    interface TrustRecordBodyAdmitRoleFieldEvent {
        field: '$.admit.role';
        value: RoleWire;
    }
    interface TrustRecordBodyAdmitUntilMsFieldEvent {
        field: '$.admit.untilMs';
        value: bigint;
    }
    interface TrustRecordBodyAdmitInviteFieldEvent {
        field: '$.admit.invite';
        value: Uint8Array;
    }
    interface TrustRecordBodyAdmitNameFieldEvent {
        field: '$.admit.name';
        value: string;
    }
    interface TrustRecordBodyRoleDeviceFieldEvent {
        field: '$.role.device';
        value: Uint8Array;
    }
    interface TrustRecordBodyRoleRoleFieldEvent {
        field: '$.role.role';
        value: RoleWire;
    }
    interface TrustRecordBodyRoleUntilMsFieldEvent {
        field: '$.role.untilMs';
        value: bigint;
    }
    interface TrustRecordBodyRevokeDeviceFieldEvent {
        field: '$.revoke.device';
        value: Uint8Array;
    }
    interface TrustRecordBodyRevokeReasonFieldEvent {
        field: '$.revoke.reason';
        value: string;
    }
    interface TrustRecordBodyInviteIdFieldEvent {
        field: '$.invite.id';
        value: Uint8Array;
    }
    interface TrustRecordBodyInviteRoleFieldEvent {
        field: '$.invite.role';
        value: RoleWire;
    }
    interface TrustRecordBodyInviteExpiresMsFieldEvent {
        field: '$.invite.expiresMs';
        value: bigint;
    }
    interface TrustRecordBodyInviteUsesFieldEvent {
        field: '$.invite.uses';
        value: number;
    }
    interface TrustRecordBodyInviteApproveFieldEvent {
        field: '$.invite.approve';
        value: boolean;
    }
    interface TrustRecordBodyInviteGuestUntilMsFieldEvent {
        field: '$.invite.guestUntilMs';
        value: bigint;
    }
    interface TrustRecordBodyCancelInviteFieldEvent {
        field: '$.cancel.invite';
        value: Uint8Array;
    }
    interface TrustRecordBodyRenewDevicesFieldEvent {
        field: '$.renew.devices[]';
        index: number;
        value: Uint8Array;
    }
    interface TrustRecordBodyRenewUntilMsFieldEvent {
        field: '$.renew.untilMs';
        value: bigint;
    }
    interface TrustRecordBodyRenameNameFieldEvent {
        field: '$.rename.name';
        value: string;
    }
    interface TrustRecordBodyRekeyCommitmentFieldEvent {
        field: '$.rekey.commitment';
        value: Uint8Array;
    }
    function encode(obj: Partial<TrustRecordBody>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<TrustRecordBody>): TrustRecordBody;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<TrustRecordBody>): Generator<TrustRecordBodyNetworkFieldEvent | TrustRecordBodyAuthorFieldEvent | TrustRecordBodySeqFieldEvent | TrustRecordBodyPrevFieldEvent | TrustRecordBodyHeadsFieldEvent | TrustRecordBodyTimeMsFieldEvent | TrustRecordBodyGenesisNameFieldEvent | TrustRecordBodyGenesisOwnerFieldEvent | TrustRecordBodyGenesisOwnerNameFieldEvent | TrustRecordBodyAdmitDeviceFieldEvent | TrustRecordBodyAdmitRoleFieldEvent | TrustRecordBodyAdmitUntilMsFieldEvent | TrustRecordBodyAdmitInviteFieldEvent | TrustRecordBodyAdmitNameFieldEvent | TrustRecordBodyRoleDeviceFieldEvent | TrustRecordBodyRoleRoleFieldEvent | TrustRecordBodyRoleUntilMsFieldEvent | TrustRecordBodyRevokeDeviceFieldEvent | TrustRecordBodyRevokeReasonFieldEvent | TrustRecordBodyInviteIdFieldEvent | TrustRecordBodyInviteRoleFieldEvent | TrustRecordBodyInviteExpiresMsFieldEvent | TrustRecordBodyInviteUsesFieldEvent | TrustRecordBodyInviteApproveFieldEvent | TrustRecordBodyInviteGuestUntilMsFieldEvent | TrustRecordBodyCancelInviteFieldEvent | TrustRecordBodyRenewDevicesFieldEvent | TrustRecordBodyRenewUntilMsFieldEvent | TrustRecordBodyRenameNameFieldEvent | TrustRecordBodyRekeyCommitmentFieldEvent>;
}
export declare enum RoleWire {
    ROLE_UNSPECIFIED = "ROLE_UNSPECIFIED",
    ROLE_GUEST = "ROLE_GUEST",
    ROLE_MEMBER = "ROLE_MEMBER",
    ROLE_OPERATOR = "ROLE_OPERATOR",
    ROLE_ADMIN = "ROLE_ADMIN",
    ROLE_OWNER = "ROLE_OWNER"
}
export declare namespace RoleWire {
    const codec: () => Codec<RoleWire>;
}
export interface GenesisOperation {
    name: string;
    owner: Uint8Array;
    ownerName: string;
}
export declare namespace GenesisOperation {
    const codec: () => Codec<GenesisOperation>;
    interface GenesisOperationNameFieldEvent {
        field: '$.name';
        value: string;
    }
    interface GenesisOperationOwnerFieldEvent {
        field: '$.owner';
        value: Uint8Array;
    }
    interface GenesisOperationOwnerNameFieldEvent {
        field: '$.ownerName';
        value: string;
    }
    function encode(obj: Partial<GenesisOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<GenesisOperation>): GenesisOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<GenesisOperation>): Generator<GenesisOperationNameFieldEvent | GenesisOperationOwnerFieldEvent | GenesisOperationOwnerNameFieldEvent>;
}
export interface AdmitOperation {
    device: Uint8Array;
    role: RoleWire;
    untilMs: bigint;
    invite: Uint8Array;
    name: string;
}
export declare namespace AdmitOperation {
    const codec: () => Codec<AdmitOperation>;
    interface AdmitOperationDeviceFieldEvent {
        field: '$.device';
        value: Uint8Array;
    }
    interface AdmitOperationRoleFieldEvent {
        field: '$.role';
        value: RoleWire;
    }
    interface AdmitOperationUntilMsFieldEvent {
        field: '$.untilMs';
        value: bigint;
    }
    interface AdmitOperationInviteFieldEvent {
        field: '$.invite';
        value: Uint8Array;
    }
    interface AdmitOperationNameFieldEvent {
        field: '$.name';
        value: string;
    }
    function encode(obj: Partial<AdmitOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<AdmitOperation>): AdmitOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<AdmitOperation>): Generator<AdmitOperationDeviceFieldEvent | AdmitOperationRoleFieldEvent | AdmitOperationUntilMsFieldEvent | AdmitOperationInviteFieldEvent | AdmitOperationNameFieldEvent>;
}
export interface RoleOperation {
    device: Uint8Array;
    role: RoleWire;
    untilMs: bigint;
}
export declare namespace RoleOperation {
    const codec: () => Codec<RoleOperation>;
    interface RoleOperationDeviceFieldEvent {
        field: '$.device';
        value: Uint8Array;
    }
    interface RoleOperationRoleFieldEvent {
        field: '$.role';
        value: RoleWire;
    }
    interface RoleOperationUntilMsFieldEvent {
        field: '$.untilMs';
        value: bigint;
    }
    function encode(obj: Partial<RoleOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RoleOperation>): RoleOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RoleOperation>): Generator<RoleOperationDeviceFieldEvent | RoleOperationRoleFieldEvent | RoleOperationUntilMsFieldEvent>;
}
export interface RevokeOperation {
    device: Uint8Array;
    reason: string;
}
export declare namespace RevokeOperation {
    const codec: () => Codec<RevokeOperation>;
    interface RevokeOperationDeviceFieldEvent {
        field: '$.device';
        value: Uint8Array;
    }
    interface RevokeOperationReasonFieldEvent {
        field: '$.reason';
        value: string;
    }
    function encode(obj: Partial<RevokeOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RevokeOperation>): RevokeOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RevokeOperation>): Generator<RevokeOperationDeviceFieldEvent | RevokeOperationReasonFieldEvent>;
}
export interface LeaveOperation {
}
export declare namespace LeaveOperation {
    const codec: () => Codec<LeaveOperation>;
    function encode(obj: Partial<LeaveOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LeaveOperation>): LeaveOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LeaveOperation>): Generator<{}>;
}
export interface InviteOperation {
    id: Uint8Array;
    role: RoleWire;
    expiresMs: bigint;
    uses: number;
    approve: boolean;
    guestUntilMs: bigint;
}
export declare namespace InviteOperation {
    const codec: () => Codec<InviteOperation>;
    interface InviteOperationIdFieldEvent {
        field: '$.id';
        value: Uint8Array;
    }
    interface InviteOperationRoleFieldEvent {
        field: '$.role';
        value: RoleWire;
    }
    interface InviteOperationExpiresMsFieldEvent {
        field: '$.expiresMs';
        value: bigint;
    }
    interface InviteOperationUsesFieldEvent {
        field: '$.uses';
        value: number;
    }
    interface InviteOperationApproveFieldEvent {
        field: '$.approve';
        value: boolean;
    }
    interface InviteOperationGuestUntilMsFieldEvent {
        field: '$.guestUntilMs';
        value: bigint;
    }
    function encode(obj: Partial<InviteOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<InviteOperation>): InviteOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<InviteOperation>): Generator<InviteOperationIdFieldEvent | InviteOperationRoleFieldEvent | InviteOperationExpiresMsFieldEvent | InviteOperationUsesFieldEvent | InviteOperationApproveFieldEvent | InviteOperationGuestUntilMsFieldEvent>;
}
export interface CancelOperation {
    invite: Uint8Array;
}
export declare namespace CancelOperation {
    const codec: () => Codec<CancelOperation>;
    interface CancelOperationInviteFieldEvent {
        field: '$.invite';
        value: Uint8Array;
    }
    function encode(obj: Partial<CancelOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CancelOperation>): CancelOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CancelOperation>): Generator<CancelOperationInviteFieldEvent>;
}
export interface RenewOperation {
    devices: Uint8Array[];
    untilMs: bigint;
}
export declare namespace RenewOperation {
    const codec: () => Codec<RenewOperation>;
    interface RenewOperationDevicesFieldEvent {
        field: '$.devices[]';
        index: number;
        value: Uint8Array;
    }
    interface RenewOperationUntilMsFieldEvent {
        field: '$.untilMs';
        value: bigint;
    }
    function encode(obj: Partial<RenewOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RenewOperation>): RenewOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RenewOperation>): Generator<RenewOperationDevicesFieldEvent | RenewOperationUntilMsFieldEvent>;
}
export interface RenameOperation {
    name: string;
}
export declare namespace RenameOperation {
    const codec: () => Codec<RenameOperation>;
    interface RenameOperationNameFieldEvent {
        field: '$.name';
        value: string;
    }
    function encode(obj: Partial<RenameOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RenameOperation>): RenameOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RenameOperation>): Generator<RenameOperationNameFieldEvent>;
}
export interface RekeyOperation {
    commitment: Uint8Array;
}
export declare namespace RekeyOperation {
    const codec: () => Codec<RekeyOperation>;
    interface RekeyOperationCommitmentFieldEvent {
        field: '$.commitment';
        value: Uint8Array;
    }
    function encode(obj: Partial<RekeyOperation>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RekeyOperation>): RekeyOperation;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RekeyOperation>): Generator<RekeyOperationCommitmentFieldEvent>;
}
