/** Made by `npm run docs` from the API’s OpenAPI document. */

export interface paths {
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "username" | "name" | "state" | "createdAt" | "-username" | "-name" | "-state" | "-createdAt";
                    state?: "staged" | "active" | "suspended";
                    /** @description Only what has exactly this; case does not count. */
                    username?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["User"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Create a user */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewUser"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        /** @description Where what was made is. */
                        Location?: string;
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a user */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a user */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UserChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/users/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's groups */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "name" | "memberCount" | "createdAt" | "-name" | "-memberCount" | "-createdAt";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Group"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or update many users
         * @description Takes JSON or CSV. The CSV names its columns in the first line: username, email, firstname, lastname, displayname, state, groups (names separated by semicolons) and attributes.NAME. Where rows cannot be used and nothing is written, the problem detail has the same `results`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Take the rows that can be used, although others cannot. */
                    partial?: "true" | "false";
                    /** @description Say what would be done, and do nothing. */
                    dryRun?: "true" | "false";
                    /** @description What to do with a username that exists: refuse the row, skip it, or update that user. */
                    existing?: "refuse" | "skip" | "update";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Each as for POST /users, and `groups`: names of groups that the user joins. */
                        users: unknown[];
                    };
                    "text/csv": {
                        /** @description Each as for POST /users, and `groups`: names of groups that the user joins. */
                        users: unknown[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkResult"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List groups */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "name" | "memberCount" | "createdAt" | "-name" | "-memberCount" | "-createdAt";
                    /** @description Only what has exactly this; case does not count. */
                    name?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Group"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Create a group */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewGroup"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        /** @description Where what was made is. */
                        Location?: string;
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Group"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a group */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Group"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a group */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a group */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GroupChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Group"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members of a group */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "username" | "name" | "state" | "createdAt" | "-username" | "-name" | "-state" | "-createdAt";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["User"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add and remove members
         * @description Where `If-Match` is sent, the answer has the `ETag` of the group as it is now.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default [] */
                        add?: string[];
                        /** @default [] */
                        remove?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description How many really joined. */
                            added: number;
                            /** @description How many really left. */
                            removed: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what can be added */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Connector"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connectors/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a connector */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Connector"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List applications */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "label" | "state" | "createdAt" | "-label" | "-state" | "-createdAt";
                    /** @description Only what has exactly this; case does not count. */
                    label?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Application"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add an application */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewApplication"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        /** @description Where what was made is. */
                        Location?: string;
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Application"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an application */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Application"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete an application
         * @description Its connection must be inactive. The target is left as it is.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change an application */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApplicationChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Application"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/applications/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete several applications
         * @description All or none. Their connections must be inactive. The targets are left as they are.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ids: string[];
                        /** @description How many applications are to be deleted, so that nobody deletes more than they meant. */
                        confirm: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deleted: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the groups that are bound */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "name" | "memberCount" | "createdAt" | "-name" | "-memberCount" | "-createdAt";
                    /** @description Also the groups that are not bound. */
                    all?: "true" | "false";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["GroupOfApplication"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Bind and unbind groups
         * @description The members of a bound group are provisioned while the connection is active. Unbinding leaves the group in the target and deactivates members whom no other bound group assigns. Where `If-Match` is sent, the answer has the `ETag` of the list as it is now.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default [] */
                        add?: string[];
                        /** @default [] */
                        remove?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description How many really joined. */
                            added: number;
                            /** @description How many really left. */
                            removed: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/groups/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what binding and unbinding groups would do
         * @description Counts whom the change itself concerns, and writes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default [] */
                        add?: string[];
                        /** @default [] */
                        remove?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BindingConsequences"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}/consequences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what deleting a group would do
         * @description In each application that it is bound to, by label.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GroupConsequences"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}/members/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what adding and removing members would do
         * @description In each application that the group is bound to, by label. Counts whom the change itself concerns, and writes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default [] */
                        add?: string[];
                        /** @default [] */
                        remove?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MemberConsequences"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sso": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the settings of single sign-on */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Sso"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Set up single sign-on
         * @description Replaces the settings. Where the connector asks for something (`asks`), `{ "enabled": true, "answers": { … } }` is enough: what is left out is derived, unless `spEntityId` is given. The first settings come with a signing certificate. It cannot be turned off while the connection needs it.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SsoSettings"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Sso"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sso/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the metadata for the service provider */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description SAML metadata. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/samlmetadata+xml": string;
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sso/service-provider-metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the service provider's metadata
         * @description As `application/xml`, `text/xml`, `application/samlmetadata+xml`. What it says replaces what was set; what it says nothing of stays.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/xml": string;
                    "text/xml": string;
                    "application/samlmetadata+xml": string;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Sso"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sso/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the next certificate
         * @description It is announced in the metadata at once, and signs once it is activated. Give service providers that do not read the metadata by themselves the time to take it over.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SigningCertificate"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sso/certificates/{certificateId}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the next certificate sign
         * @description The one that signed until now stays in the metadata until it is deleted.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    certificateId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SigningCertificate"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sso/certificates/{certificateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a certificate that does not sign
         * @description It leaves the metadata, and its key is gone.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    certificateId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sso/people/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a sign-in would tell of a user
         * @description As whom the application would know them now. Nothing is sent.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    userId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignOnPreview"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/identity-management": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a connection */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityManagement"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a connection
         * @description While it is active, a changed mapping, and group management turned on, bring everything in line at once; the address and the token can be changed only while it is inactive.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IdentityManagementChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description The version, for `If-Match`. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityManagement"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/applications/{id}/identity-management/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a mapping on a user
         * @description Says what each row gives, whatever the others give. Writes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MappingToTry"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MappingPreview"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/identity-management/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a connection
         * @description Asks the application with the stored address and token, and changes nothing. A failure is an answer here: `passed` is false, and `message` says what to do.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProbeResult"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/identity-management/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activate a connection
         * @description Tests the connection first. Where the test fails, the answer is a problem of status 409 whose `detail` says what to do and whose `checks` list what was asked; the connection stays as it was.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionActivated"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/identity-management/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused connection
         * @description Tests the connection first, as activation does; then everything goes on where it was.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionActivated"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/identity-management/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deactivate a connection
         * @description Stops every request to the application at once, and answers when those in flight have ended. The application stays as it is, and the links are kept for a later activation.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what you have read: the write is refused with 412 where it is another one by now. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectionDeactivated"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List how the applications stand
         * @description As the list of applications, each with its status.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "label" | "state" | "createdAt" | "-label" | "-state" | "-createdAt";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["ApplicationWithStatus"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how an application stands */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplicationStatus"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what would be sent
         * @description For the whole application, one user or one group. Reads only, and asks nothing of the application.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only this user. */
                    user?: string;
                    /** @description Only this group, its whole membership. */
                    group?: string;
                    /** @description How many steps to show; 1000. */
                    limit?: number;
                    /** @description Show only steps of this kind. */
                    kind?: "createUser" | "findUser" | "updateUser" | "reactivateUser" | "deactivateUser" | "deleteUser" | "refuseUser" | "createGroup" | "takeOverGroup" | "findGroup" | "renameGroup" | "changeMembers" | "deleteGroup" | "refuseGroup";
                    /** @description Show only steps with this in the name or in the sentence. */
                    search?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Plan"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send what was seen
         * @description Takes the checksum of a plan, and the `user` or `group` that it was asked for, where it was. Refused where the plan has changed since. What the application refused before is not sent again: a sync or a retry does.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PlanToApply"];
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanApplied"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look again now
         * @description At one user, at one group, or at everything where neither is named.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["Sync"] | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Started"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the users of an application
         * @description Everybody whom Rollcall knows there, and who waits to be created. Sorted by `added`, they are in the order in which they came into the directory.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    state?: "absent" | "active" | "inactive";
                    /** @description Only those with an error, or on which an administrator has to decide. */
                    trouble?: "true" | "false";
                    /** @description Only those that the last inventory found otherwise, and left as they are. */
                    drift?: "true" | "false";
                    /** @description Only those whose deactivation an administrator rejected. */
                    kept?: "true" | "false";
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "added" | "name" | "state" | "updatedAt" | "-added" | "-name" | "-state" | "-updatedAt";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["UserInApplication"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one user of an application
         * @description Why the account is as it is: assigned through which groups, mapped from what to what, what the application holds, what was asked and answered last, and what comes next.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    userId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UserInApplicationInFull"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/users/{userId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at one user again now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    userId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Started"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's applications
         * @description Those to which a group of theirs is bound, and those that hold an account of theirs.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["ApplicationOfUser"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/linked-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the groups of an application
         * @description Those that are bound, and those that are still to be deleted there.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    state?: "absent" | "active" | "inactive";
                    /** @description Only those with an error, or on which an administrator has to decide. */
                    trouble?: "true" | "false";
                    /** @description Only those that the last inventory found otherwise, and left as they are. */
                    drift?: "true" | "false";
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "name" | "state" | "updatedAt" | "-name" | "-state" | "-updatedAt";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["GroupInApplication"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/linked-groups/{groupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one group of an application
         * @description With the latest operations, which say how it became what it is.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    groupId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GroupInApplicationWithEvents"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/linked-groups/{groupId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at one group again now
         * @description At its whole membership; members that were refused are tried again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    groupId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Started"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a group's applications
         * @description Those that it is bound to, and how it stands in each.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["ApplicationOfGroup"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/users/{userId}/choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on an account whose userName the application keeps, or whose leaving was rejected
         * @description Keep and move only where the user asks for `attention`, leave only where they are `kept`. Where the connection is inactive, a move begins with its activation, and nobody can be let leave.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    userId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Choice"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Chosen"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List holds
         * @description The newest first. `search` looks in the reason and in the names of those who wait. A deactivation of the connection ends an open one, and so does the return of everybody in it.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    state?: "open" | "approved" | "rejected" | "closed";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Hold"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/holds/{holdId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a hold and who is in it
         * @description `limit`, `cursor` and `search` are for the users in it.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path: {
                    id: string;
                    holdId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldWithUsers"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/holds/{holdId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the held users be deactivated */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    holdId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["HoldDecision"] | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Hold"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/holds/{holdId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave the held users' accounts as they are */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    holdId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["HoldDecision"] | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Hold"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/import/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the users of an application
         * @description As they were last read (`roster`); `POST …/refresh` reads them again. `search` looks in username, email and display name.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description Only whom nobody in the directory is linked to, or matches. */
                    new?: "true" | "false";
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "userName" | "name" | "-userName" | "-name";
                    /** @description Whether they are read first where nobody has read them yet, the connection is active and whoever asks may import. What takes longer than ten seconds goes on behind the answer: look again, `roster` says how far it is. */
                    read?: "true" | "false";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Candidate"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                            /** @description How many of them are not imported yet: of so many `"all": true` is. */
                            importable: number;
                            roster: components["schemas"]["Roster"];
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/import/users/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the application's users
         * @description Page by page, at the pace of the connection, which must be active; nothing is changed. The `roster` of the list shows how far it is.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Roster"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List imports */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "createdAt" | "-createdAt";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Import"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Import users of an application
         * @description Each is made in the directory, or linked to whoever has that username or email; where nobody has read the users yet, they are read first. Nothing is sent to the application. Up to 100 are done when this answers; more go on in the background.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewImport"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        /** @description Where what was made is. */
                        Location?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportWithResults"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an import */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    importId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/imports/{importId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an import that runs
         * @description Whoever was imported stays; whoever waits is not, and can be tried again. 409 where it is done.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    importId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/imports/{importId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct what was not imported, and try again */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    importId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ImportRetry"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportWithResults"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{id}/imports/{importId}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what became of each, also as a report */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    outcome?: "created" | "linked" | "unchanged" | "failed" | "cancelled" | "waiting";
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "username" | "-username";
                    /** @description `csv` is every item that matches, as a file; `limit` and `cursor` do not count. */
                    format?: "json" | "csv";
                };
                header?: never;
                path: {
                    id: string;
                    importId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page, or a file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["ImportItem"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                        "text/csv": string;
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what needs an administrator
         * @description Across applications: what stops everything first, then what has waited longest. `search` looks in the label and in the sentence.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Need"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/first-steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what is set up so far
         * @description In the order in which it is done: what begins with nobody ends with accounts.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["FirstStep"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List operations
         * @description `search` looks in the sentence and in the record's name; `total` counts no further than 10000.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "at" | "-at";
                    application?: string;
                    /** @description Only of this user; together with `group`, of either. */
                    user?: string;
                    /** @description Only of this group; together with `user`, of either. */
                    group?: string;
                    outcome?: "done" | "later" | "again" | "refused" | "stopped";
                    operation?: string;
                    /** @description `csv` is every event that matches, as a file, the newest first; `limit`, `cursor` and `sort` do not count. */
                    format?: "json" | "csv";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page, or a file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Event"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                        "text/csv": string;
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an operation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Event"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/provisioning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what was provisioned, day by day */
        get: {
            parameters: {
                query?: {
                    /** @description How many days, of UTC, with today. */
                    days?: number;
                    /** @description Of all applications, where it is left out. */
                    application?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProvisioningInsight"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/leavers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how long leavers waited, day by day
         * @description From the change in the directory to the application's answer; the time that an administrator took to approve counts.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many days, of UTC, with today. */
                    days?: number;
                    /** @description Of all applications, where it is left out. */
                    application?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LeaversInsight"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what went wrong, by application */
        get: {
            parameters: {
                query?: {
                    /** @description How many days, of UTC, with today. */
                    days?: number;
                    /** @description Of all applications, where it is left out. */
                    application?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorsInsight"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch operations and status live
         * @description Server-sent events. It begins with the status of each application and goes on with what happens; with `Last-Event-ID`, what happened after that event comes first. It ends within 15 seconds of the session, key or role by which it was asked for.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only this application. */
                    application?: string;
                    /** @description As `Last-Event-ID`, for clients that cannot set a header. */
                    lastEventId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Messages `event` (the id is the event’s, the data an EventSummary) and `status` (the data an application’s status with its id). A message `here` each 15 seconds shows that the connection lives. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["EventSummary"] | {
                            /** @enum {string} */
                            state: "inactive" | "active" | "paused";
                            /**
                             * @description How it stands, in a word: nothing is sent (`inactive`, `paused`), leavers are `held`, records or readings are `failing` (what is tried again by itself counts after an hour), an administrator has to decide on an account (`undecided`), it is `working`, or `in-step` with the directory.
                             * @enum {string}
                             */
                            condition: "inactive" | "paused" | "held" | "failing" | "undecided" | "working" | "in-step";
                            /** @description Why the connection is paused, where it is, and since when (`at`). */
                            reason: {
                                [key: string]: unknown;
                            } | null;
                            /** @description Records that are to be looked at, without those that are held. While the connection is inactive none are counted: the plan says what activation would send. */
                            pending: number;
                            /** @description Requests under way, as of a few seconds ago. */
                            inFlight: number;
                            /** @description Users whose deactivation waits for an administrator's approval. */
                            held: number;
                            /** @description Records and memberships that were refused and are not tried again by themselves. */
                            failed: number;
                            /** @description Records whose last attempt failed, and that are tried again by themselves. */
                            retrying: number;
                            /** @description Why that one of these failed which was tried last, in words; null where there is none. */
                            retryReason: string | null;
                            /** @description Users on whose account an administrator has to decide. */
                            attention: number;
                            /** @description Users who have left and keep their account, because an administrator rejected the deactivation. */
                            kept: number;
                            /** @description Records that the last inventory found otherwise, and left as they are. */
                            drift: {
                                users: number;
                                groups: number;
                            };
                            users: {
                                linked: number;
                                active: number;
                            };
                            groups: {
                                linked: number;
                            };
                            /** @description When something was last done in the application. */
                            lastChangeAt: string | null;
                            /** @description When everything that the application holds was last read. */
                            lastInventoryAt: string | null;
                            /** @description Why the last reading of everything that the application holds could not be used, because it failed or shows too little to be believed; null where it could. */
                            inventoryError: components["schemas"]["RecordError"] | null;
                            /** @description Since when the record waits that has waited longest, also for another try; null where none waits. */
                            oldestPendingAt: string | null;
                            /** @description Until when the application asked to wait before it is asked again (429 or 503 with Retry-After), where that is for more than some seconds; null where it is not. */
                            waitUntil: string | null;
                            /** @description Since the address or the token was changed, it is still to be read which accounts the application holds: nothing is sent before what the application holds has been read. */
                            unsure: boolean;
                            /** @description What `unsure` means, for people; null where it is false. */
                            note: string | null;
                            /** @description Nothing is left to do. What is held does not count. */
                            idle: boolean;
                            /** Format: uuid */
                            application: string;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/administrators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who holds a role */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "username" | "role" | "givenAt" | "-username" | "-role" | "-givenAt";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Administrator"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/administrators/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Role"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/administrators/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a person a role
         * @description In place of the one that they hold. The last Administrator who is active, or who can sign in, keeps theirs.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    userId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GivenRole"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Administrator"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Take a person's role away
         * @description They stay in the directory. The last Administrator who is active, or who can sign in, keeps theirs.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    userId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "createdAt" | "name" | "lastUsedAt" | "-createdAt" | "-name" | "-lastUsedAt";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["ApiKey"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make an API key */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeApiKey"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API key */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how mail is sent */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailSettings"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/mail/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message to see that mail arrives
         * @description Waits for the mail server's answer.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MailTrial"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailTried"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what is in force
         * @description Read only: settings are changed in the environment of the server.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SecuritySettings"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what administrators and API keys did, and people about signing in
         * @description `search` looks in the names of actor, action and subject; `total` counts no further than 10000.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                    /** @description What the list is sorted by; with a minus before it, the other way round. */
                    sort?: "at" | "-at";
                    /** @description As the entry names them: a username, or `api key NAME`. */
                    actor?: string;
                    /** @description For example `user.updated`. */
                    action?: string;
                    /** @description The id of whom or what it was done to. */
                    subject?: string;
                    /** @description From this moment on. */
                    from?: string;
                    /** @description Before this moment. */
                    to?: string;
                    /** @description `csv` is every entry that matches, as a file, the newest first; `limit`, `cursor` and `sort` do not count. */
                    format?: "json" | "csv";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page, or a file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["AuditEntry"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                        "text/csv": string;
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify the audit trail
         * @description Reads all of it, and computes each hash again. `rollcall doctor` asks this.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VerifiedAudit"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who is signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Sign in */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Sign out */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to sign in with a passkey */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        response: {
                            clientDataJSON: string;
                            authenticatorData: string;
                            signature: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read yourself */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change your password; your other sessions end */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordChange"];
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your sessions */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["OwnSession"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** End your other sessions */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your sessions */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your second factors */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Factor"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                            recoveryCodesLeft: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a factor away; your other sessions end */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to set up an authenticator app */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default Authenticator app */
                        label?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TotpSetUp"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the authenticator app of this session by its first code; your other sessions end */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryCodes"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to make a passkey */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a passkey; your other sessions end */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default Passkey */
                        label?: string;
                        response: {
                            id: string;
                            rawId: string;
                            /** @enum {string} */
                            type: "public-key";
                            response: {
                                clientDataJSON: string;
                                attestationObject: string;
                                /** @default [] */
                                transports?: string[];
                            };
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryCodes"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/factors/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make new recovery codes; your other sessions end */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryCodes"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a user set a new password */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordReset"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PasswordResetMade"];
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's second factors */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["Factor"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/factors/{factorId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a user's factor away; their sessions end */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    factorId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's sessions */
        get: {
            parameters: {
                query?: {
                    /** @description How many on one page. */
                    limit?: number;
                    /** @description The `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Part of a name; case does not count. */
                    search?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly items: components["schemas"]["ListedSession"][];
                            /** @description Where the next page begins; null on the last. */
                            nextCursor: string | null;
                            /** @description How many there are on all pages. */
                            total: number;
                        };
                    };
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** End all of a user's sessions */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of a user's sessions */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, as a problem detail (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        User: {
            /** Format: uuid */
            id: string;
            username: string;
            email: string | null;
            firstname: string | null;
            lastname: string | null;
            displayname: string | null;
            /**
             * @description Only an active user is entitled to anything.
             * @enum {string}
             */
            state: "staged" | "active" | "suspended";
            attributes: {
                [key: string]: string | number | boolean;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Problem: {
            /** @description A URN that names the kind of problem. */
            type: string;
            title: string;
            status: number;
            /** @description What happened, to whom, and what to do. */
            detail: string;
            /** @description The id under which the server logged the request. */
            requestId: string;
            /** @description For bad input, and for names that are taken: each field and what is wrong with it. */
            errors?: {
                path: string;
                message: string;
            }[];
            /** @description For a connection whose target does not answer as it should: what was asked of it. */
            checks?: {
                name: string;
                passed: boolean;
                message: string;
            }[];
            /** @description For what is not allowed: the permission that it takes. */
            permission?: string;
            /** @description For too many attempts: in how many seconds the next one may be. */
            retryAfter?: number;
            /**
             * @description For what takes a fresh session: sign in again, and repeat it.
             * @constant
             */
            reauthenticate?: true;
            /** @description For many users at once of whom some cannot be used: what became of each row. */
            results?: components["schemas"]["RowResult"][];
        };
        RowResult: {
            /** @description From 1. */
            row: number;
            /** @description In a CSV: the line on which the row ends. */
            line?: number;
            username: string | null;
            /**
             * @description `notWritten`: nothing is wrong with the row; it was not written because others failed.
             * @enum {string}
             */
            outcome: "created" | "updated" | "unchanged" | "skipped" | "failed" | "notWritten";
            id: string | null;
            errors?: {
                path: string;
                message: string;
            }[];
        };
        NewUser: {
            username: string;
            email?: string | null;
            firstname?: string | null;
            lastname?: string | null;
            displayname?: string | null;
            /**
             * @description `active` where it is left out.
             * @enum {string}
             */
            state?: "staged" | "active" | "suspended";
            /** @description A flat object. In a change it is merged; null takes one away. */
            attributes?: {
                [key: string]: string | number | boolean | null;
            };
        };
        UserChange: {
            username?: string;
            email?: string | null;
            firstname?: string | null;
            lastname?: string | null;
            displayname?: string | null;
            /** @enum {string} */
            state?: "staged" | "active" | "suspended";
            /** @description A flat object. In a change it is merged; null takes one away. */
            attributes?: {
                [key: string]: string | number | boolean | null;
            };
        };
        Group: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string | null;
            memberCount: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        BulkResult: {
            dryRun: boolean;
            summary: {
                created: number;
                updated: number;
                unchanged: number;
                skipped: number;
                failed: number;
            };
            results: components["schemas"]["RowResult"][];
        };
        NewGroup: {
            name: string;
            description?: string | null;
        };
        GroupChange: {
            name?: string;
            description?: string | null;
        };
        Connector: {
            key: string;
            name: string;
            description: string;
            /** @description A drawing that stands for it, as data:image/svg+xml;base64,…. */
            logo: string;
            /** @description Where its SCIM service is, unless an administrator sets another address; null where one must be set. */
            baseUrl: string | null;
            token: {
                label: string;
                help: string;
            };
            requiresSso: boolean;
            sso: {
                spEntityId: string;
                readonly acsUrls: string[];
                signOnUrl?: string;
                nameIdFormat: string;
                readonly attributes: {
                    name: string;
                    expression: string;
                }[];
                /** @enum {string} */
                sign: "response" | "assertion" | "both";
                readonly asks: {
                    name: string;
                    label: string;
                    help: string;
                }[];
            } | null;
            behaviour: {
                mapping: {
                    target: string;
                    expression: string;
                    /** @default false */
                    required: boolean;
                    /**
                     * @default any
                     * @enum {string}
                     */
                    format: "any" | "email";
                    label: string;
                }[];
                users: {
                    /** @enum {string} */
                    match: "create" | "lookup";
                    /** @enum {string} */
                    update: "put" | "patch";
                    /** @enum {string} */
                    deprovision: "deactivate" | "delete" | "leave";
                    deprovisionDropsMemberships: boolean;
                };
                groups: {
                    createWithMembers: boolean;
                    /** @enum {string} */
                    update: "put" | "patch";
                    /** @enum {string} */
                    memberRemoval: "filter" | "array";
                    membersPerRequest: number;
                    membersReadable: boolean;
                    /** @enum {string} */
                    unknownMembers: "remove" | "keep";
                };
                filter: boolean;
                pageSize: number;
                rate: {
                    requestsPerSecond: number;
                    concurrency: number;
                };
                probe: {
                    /** @enum {string} */
                    serviceProviderConfig: "require" | "tolerate" | "skip";
                };
                /** @enum {string} */
                drift: "correct" | "report";
                inventoryHours: number;
            };
            /** @description What `behaviour.users.deprovision` of a connection may be set to. */
            readonly deprovisions: ("deactivate" | "delete" | "leave")[];
            /** @description From which SCIM attributes of an account a user is made: the first that has a value counts. */
            import: {
                readonly username: string[];
                readonly email: string[];
                readonly displayname: string[];
                readonly firstname: string[];
                readonly lastname: string[];
            };
            readonly notes: {
                text: string;
                /** @enum {string} */
                certainty: "documented" | "observed" | "inferred" | "unknown";
                checked: string;
            }[];
        };
        Application: {
            /** Format: uuid */
            id: string;
            connector: string;
            label: string;
            description: string | null;
            logo: string | null;
            sso: {
                enabled: boolean;
            };
            identityManagement: {
                /** @enum {string} */
                state: "inactive" | "active" | "paused";
                groupManagement: boolean;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        NewApplication: {
            connector: string;
            label?: string;
            description?: string | null;
            /** @description A PNG, JPEG or WebP image of at most 64 kB, as data:image/png;base64,…. */
            logo?: string | null;
        };
        ApplicationChange: {
            label?: string;
            description?: string | null;
            /** @description A PNG, JPEG or WebP image of at most 64 kB, as data:image/png;base64,…. */
            logo?: string | null;
        };
        GroupOfApplication: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string | null;
            memberCount: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            bound: boolean;
        };
        BindingConsequences: {
            /**
             * @description Nothing is sent before it is active.
             * @enum {string}
             */
            connection: "inactive" | "active" | "paused";
            users: {
                /** @description Created, or linked to the account that the application has already. */
                create: number;
                /** @description Would get an account and cannot be sent, because the mapping refuses them. Null where more than 5000 would get one; then they are counted as created. */
                refused: number | null;
                /** @description Made active again; whom the mapping refuses is counted here as well. */
                reactivate: number;
                /** @description Imported accounts that would be managed from then on. */
                manage: number;
                /** @description Deactivated, or deleted where the connection does that. */
                deactivate: number;
            };
            groups: {
                create: number;
                /** @description Those of whose name the last inventory saw a group. */
                takeOver: number;
                /** @description Left in the application as they are, and looked after no more. */
                stop: number;
            };
            /** @description Whether those who leave would wait for an administrator's approval, with those who leave already. */
            held: boolean;
            /** @description Why they would be held. */
            reason: string | null;
        };
        GroupConsequences: {
            applications: {
                application: {
                    /** Format: uuid */
                    id: string;
                    label: string;
                };
                /**
                 * @description Nothing is sent before it is active.
                 * @enum {string}
                 */
                connection: "inactive" | "active" | "paused";
                /** @description Whether those who leave would wait for an administrator's approval, with those who leave already. */
                held: boolean;
                /** @description Why they would be held. */
                reason: string | null;
                /** @description Whether the group is deleted there as well. */
                deletesGroup: boolean;
                /** @description How many users would be deactivated there, or deleted where the connection does that. */
                deactivate: number;
            }[];
        };
        MemberConsequences: {
            applications: {
                application: {
                    /** Format: uuid */
                    id: string;
                    label: string;
                };
                /**
                 * @description Nothing is sent before it is active.
                 * @enum {string}
                 */
                connection: "inactive" | "active" | "paused";
                /** @description Whether those who leave would wait for an administrator's approval, with those who leave already. */
                held: boolean;
                /** @description Why they would be held. */
                reason: string | null;
                users: {
                    /** @description Created, or linked to the account that the application has already. */
                    create: number;
                    /** @description Would get an account and cannot be sent, because the mapping refuses them. Null where more than 5000 would get one; then they are counted as created. */
                    refused: number | null;
                    /** @description Made active again; whom the mapping refuses is counted here as well. */
                    reactivate: number;
                    /** @description Imported accounts that would be managed from then on. */
                    manage: number;
                    /** @description Deactivated, or deleted where the connection does that. */
                    deactivate: number;
                };
            }[];
        };
        Sso: {
            /** @default false */
            enabled: boolean;
            /** @default {} */
            answers: {
                [key: string]: string;
            };
            /** @default  */
            spEntityId: string;
            /** @default [] */
            acsUrls: string[];
            /** @default [] */
            acsIndexes: number[];
            nameId: {
                /**
                 * @default urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress
                 * @enum {string}
                 */
                format: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" | "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" | "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" | "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
                /** @default userName */
                source: "userName" | string;
            };
            /** @default [] */
            attributes: {
                name: string;
                /**
                 * @default urn:oasis:names:tc:SAML:2.0:attrname-format:basic
                 * @enum {string}
                 */
                nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified" | "urn:oasis:names:tc:SAML:2.0:attrname-format:uri" | "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
                expression?: "userName" | string;
                constant?: string;
            }[];
            /** @default null */
            groupAttribute: {
                name: string;
                /**
                 * @default urn:oasis:names:tc:SAML:2.0:attrname-format:basic
                 * @enum {string}
                 */
                nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified" | "urn:oasis:names:tc:SAML:2.0:attrname-format:uri" | "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
                /**
                 * @default bound
                 * @enum {string}
                 */
                groups: "bound" | "all";
            } | null;
            /**
             * @default both
             * @enum {string}
             */
            sign: "response" | "assertion" | "both";
            /**
             * @default none
             * @enum {string}
             */
            encrypt: "none" | "aes256-gcm" | "aes256-cbc";
            /** @default false */
            wantRequestsSigned: boolean;
            spCertificates: {
                signing: string[];
                encryption: string | null;
            };
            /** @default null */
            defaultRelayState: string | null;
            /** @default null */
            sloUrl: string | null;
            /** @default null */
            sloResponseUrl: string | null;
            /**
             * @default redirect
             * @enum {string}
             */
            sloBinding: "redirect" | "post";
            /** @default null */
            signOnUrl: string | null;
            /** @description What the service provider has to be told. */
            identityProvider: {
                entityId: string;
                metadataUrl: string;
                ssoUrl: string;
                /** @description Where a person begins who does not begin at the service provider. */
                startUrl: string;
                sloUrl: string;
                readonly certificates: components["schemas"]["SigningCertificate"][];
            };
            /** @description The connection can be activated only while single sign-on is enabled. */
            required: boolean;
            /** @description What the connector needs to know; give it in `answers`. */
            readonly asks: {
                name: string;
                label: string;
                help: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        SigningCertificate: {
            /** Format: uuid */
            id: string;
            /**
             * @description `next` is announced in the metadata and does not sign yet; `retired` signed before.
             * @enum {string}
             */
            state: "current" | "next" | "retired";
            subject: string;
            /** Format: date-time */
            notBefore: string;
            /**
             * Format: date-time
             * @description When it expires. Rotate it before.
             */
            notAfter: string;
            /** @description SHA-256. */
            fingerprint: string;
            /** @description PEM, for service providers that take no metadata. */
            certificate: string;
        };
        SsoSettings: {
            /** @default false */
            enabled: boolean;
            /** @default {} */
            answers: {
                [key: string]: string;
            };
            /** @default  */
            spEntityId: string;
            /** @default [] */
            acsUrls: string[];
            /** @default [] */
            acsIndexes: number[];
            /** @default {} */
            nameId: {
                /**
                 * @default urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress
                 * @enum {string}
                 */
                format: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" | "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" | "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" | "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
                /** @default userName */
                source: "userName" | string;
            };
            /** @default [] */
            attributes: {
                name: string;
                /**
                 * @default urn:oasis:names:tc:SAML:2.0:attrname-format:basic
                 * @enum {string}
                 */
                nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified" | "urn:oasis:names:tc:SAML:2.0:attrname-format:uri" | "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
                expression?: "userName" | string;
                constant?: string;
            }[];
            /** @default null */
            groupAttribute: {
                name: string;
                /**
                 * @default urn:oasis:names:tc:SAML:2.0:attrname-format:basic
                 * @enum {string}
                 */
                nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified" | "urn:oasis:names:tc:SAML:2.0:attrname-format:uri" | "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
                /**
                 * @default bound
                 * @enum {string}
                 */
                groups: "bound" | "all";
            } | null;
            /**
             * @default both
             * @enum {string}
             */
            sign: "response" | "assertion" | "both";
            /**
             * @default none
             * @enum {string}
             */
            encrypt: "none" | "aes256-gcm" | "aes256-cbc";
            /** @default false */
            wantRequestsSigned: boolean;
            /** @default {} */
            spCertificates: {
                signing?: string[];
                encryption?: string | null;
            };
            /** @default null */
            defaultRelayState: string | null;
            /** @default null */
            sloUrl: string | null;
            /** @default null */
            sloResponseUrl: string | null;
            /**
             * @default redirect
             * @enum {string}
             */
            sloBinding: "redirect" | "post";
            /** @default null */
            signOnUrl: string | null;
            /** @description As it was read. It may be left out, and changes nothing. */
            identityProvider?: unknown;
            /** @description As it was read. It may be left out, and changes nothing. */
            required?: unknown;
            /** @description As it was read. It may be left out, and changes nothing. */
            asks?: unknown;
        };
        SignOnPreview: {
            /** @description As whom they would be signed in; or why they would not, and what to do. */
            message: string;
            /** @description What the application would be told; null where nobody signs in. */
            claims: {
                nameId: {
                    value: string;
                    format: string;
                };
                readonly attributes: {
                    name: string;
                    readonly values: string[];
                }[];
            } | null;
        };
        IdentityManagement: {
            /** @enum {string} */
            state: "inactive" | "active" | "paused";
            /** @description Why it is paused, where it is, and since when (`at`). */
            reason: {
                [key: string]: unknown;
            } | null;
            /** @description Null until an administrator gives one. */
            baseUrl: string | null;
            /** @description The connector has an address of its own; an administrator may set another, e.g. the sandbox's. */
            baseUrlFixed: boolean;
            tokenSet: boolean;
            tokenLabel: string;
            tokenHelp: string;
            requiresSso: boolean;
            groupManagement: boolean;
            mapping: {
                target: string;
                expression: string;
                /** @default false */
                required: boolean;
                /**
                 * @default any
                 * @enum {string}
                 */
                format: "any" | "email";
                label: string;
            }[];
            /** @description It is not the connector's own. */
            mappingChanged: boolean;
            /** @description A plan that deactivates more than both is held. */
            threshold: {
                number: number;
                percent: number;
            };
            /** @description What is in effect. */
            behaviour: {
                users: {
                    /** @enum {string} */
                    match: "create" | "lookup";
                    /** @enum {string} */
                    update: "put" | "patch";
                    /** @enum {string} */
                    deprovision: "deactivate" | "delete" | "leave";
                    deprovisionDropsMemberships: boolean;
                };
                groups: {
                    createWithMembers: boolean;
                    /** @enum {string} */
                    update: "put" | "patch";
                    /** @enum {string} */
                    memberRemoval: "filter" | "array";
                    membersPerRequest: number;
                    membersReadable: boolean;
                    /** @enum {string} */
                    unknownMembers: "remove" | "keep";
                };
                filter: boolean;
                pageSize: number;
                rate: {
                    requestsPerSecond: number;
                    concurrency: number;
                };
                probe: {
                    /** @enum {string} */
                    serviceProviderConfig: "require" | "tolerate" | "skip";
                };
                /** @enum {string} */
                drift: "correct" | "report";
                inventoryHours: number;
            };
        };
        IdentityManagementChange: {
            /** @description The SCIM base URL; null is the connector's own. */
            baseUrl?: string | null;
            /** @description Written and never read. Only while the connection is inactive. */
            token?: string;
            groupManagement?: boolean;
            /** @description The whole attribute mapping; null is the connector's own. */
            mapping?: {
                target: string;
                expression: string;
                /** @default false */
                required: boolean;
                /**
                 * @default any
                 * @enum {string}
                 */
                format: "any" | "email";
                label: string;
            }[] | null;
            threshold?: {
                number: number;
                percent: number;
            } | null;
            /** @description What to set over the connector's behaviour; null takes back all that was set. */
            behaviour?: {
                users?: {
                    /** @enum {string} */
                    match?: "create" | "lookup";
                    /** @enum {string} */
                    update?: "put" | "patch";
                    /** @enum {string} */
                    deprovision?: "deactivate" | "delete" | "leave";
                    deprovisionDropsMemberships?: boolean;
                };
                groups?: {
                    createWithMembers?: boolean;
                    /** @enum {string} */
                    update?: "put" | "patch";
                    /** @enum {string} */
                    memberRemoval?: "filter" | "array";
                    membersPerRequest?: number;
                    membersReadable?: boolean;
                    /** @enum {string} */
                    unknownMembers?: "remove" | "keep";
                };
                filter?: boolean;
                pageSize?: number;
                rate?: {
                    requestsPerSecond?: number;
                    concurrency?: number;
                };
                probe?: {
                    /** @enum {string} */
                    serviceProviderConfig?: "require" | "tolerate" | "skip";
                };
                /** @enum {string} */
                drift?: "correct" | "report";
                inventoryHours?: number;
            } | null;
        };
        MappingToTry: {
            /** Format: uuid */
            userId: string;
            /** @description The one in effect, where it is left out. */
            mapping?: {
                target: string;
                expression: string;
                /** @default false */
                required: boolean;
                /**
                 * @default any
                 * @enum {string}
                 */
                format: "any" | "email";
                label: string;
            }[];
        };
        MappingPreview: {
            /** Format: uuid */
            userId: string;
            name: string;
            rows: components["schemas"]["MappedRow"][];
        };
        MappedRow: {
            /** @description The SCIM attribute. */
            target: string;
            label: string;
            expression: string;
            /** @description What it gives for the user; null where it gives nothing. */
            value: string | number | boolean | null;
            /** @description Why it gives nothing, in words. */
            error: string | null;
            /** @description What the application holds, as it last answered; null where it holds nothing. */
            holds: string | number | boolean | null;
        };
        ProbeResult: {
            passed: boolean;
            message: string;
            /** @description What was asked of the application, in order, until something failed. */
            readonly checks: {
                name: string;
                passed: boolean;
                /** @description What was found, or what is wrong and what to do about it. */
                message: string;
            }[];
        };
        ConnectionActivated: {
            /** @constant */
            state: "active";
            message: string;
            /** @description What was asked of the application, in order, until something failed. */
            readonly checks: {
                name: string;
                passed: boolean;
                /** @description What was found, or what is wrong and what to do about it. */
                message: string;
            }[];
        };
        ConnectionDeactivated: {
            /** @constant */
            state: "inactive";
            message: string;
        };
        ApplicationWithStatus: {
            /** Format: uuid */
            id: string;
            connector: string;
            label: string;
            description: string | null;
            logo: string | null;
            sso: {
                enabled: boolean;
            };
            identityManagement: {
                /** @enum {string} */
                state: "inactive" | "active" | "paused";
                groupManagement: boolean;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            status: components["schemas"]["ApplicationStatus"];
        };
        ApplicationStatus: {
            /** @enum {string} */
            state: "inactive" | "active" | "paused";
            /**
             * @description How it stands, in a word: nothing is sent (`inactive`, `paused`), leavers are `held`, records or readings are `failing` (what is tried again by itself counts after an hour), an administrator has to decide on an account (`undecided`), it is `working`, or `in-step` with the directory.
             * @enum {string}
             */
            condition: "inactive" | "paused" | "held" | "failing" | "undecided" | "working" | "in-step";
            /** @description Why the connection is paused, where it is, and since when (`at`). */
            reason: {
                [key: string]: unknown;
            } | null;
            /** @description Records that are to be looked at, without those that are held. While the connection is inactive none are counted: the plan says what activation would send. */
            pending: number;
            /** @description Requests under way, as of a few seconds ago. */
            inFlight: number;
            /** @description Users whose deactivation waits for an administrator's approval. */
            held: number;
            /** @description Records and memberships that were refused and are not tried again by themselves. */
            failed: number;
            /** @description Records whose last attempt failed, and that are tried again by themselves. */
            retrying: number;
            /** @description Why that one of these failed which was tried last, in words; null where there is none. */
            retryReason: string | null;
            /** @description Users on whose account an administrator has to decide. */
            attention: number;
            /** @description Users who have left and keep their account, because an administrator rejected the deactivation. */
            kept: number;
            /** @description Records that the last inventory found otherwise, and left as they are. */
            drift: {
                users: number;
                groups: number;
            };
            users: {
                linked: number;
                active: number;
            };
            groups: {
                linked: number;
            };
            /** @description When something was last done in the application. */
            lastChangeAt: string | null;
            /** @description When everything that the application holds was last read. */
            lastInventoryAt: string | null;
            /** @description Why the last reading of everything that the application holds could not be used, because it failed or shows too little to be believed; null where it could. */
            inventoryError: components["schemas"]["RecordError"] | null;
            /** @description Since when the record waits that has waited longest, also for another try; null where none waits. */
            oldestPendingAt: string | null;
            /** @description Until when the application asked to wait before it is asked again (429 or 503 with Retry-After), where that is for more than some seconds; null where it is not. */
            waitUntil: string | null;
            /** @description Since the address or the token was changed, it is still to be read which accounts the application holds: nothing is sent before what the application holds has been read. */
            unsure: boolean;
            /** @description What `unsure` means, for people; null where it is false. */
            note: string | null;
            /** @description Nothing is left to do. What is held does not count. */
            idle: boolean;
        };
        RecordError: {
            code: string;
            /** @description What is wrong and what to do about it. */
            message: string;
            /** @description The attribute in question. */
            field?: string;
            /** @description The application's own words. */
            said?: string;
            /** @description The HTTP status of its answer. */
            status?: number;
            /** @description It is tried again by itself. */
            retrying: boolean;
        };
        Plan: {
            /** @description Changes whenever any step changes. Applying takes it. */
            checksum: string;
            /** @description How many steps there are of each kind. Nothing is sent for `refuseUser` and `refuseGroup`: something is missing, or the application refused them and nothing has changed since. */
            summary: {
                [key: string]: number;
            };
            /** @description Those who lose their account first. */
            readonly steps: components["schemas"]["PlannedStep"][];
            /** @description How many steps are as `kind` and `search` ask; all, without them. */
            matching: number;
            /** @description `steps` shows the first of those that match only; summary and checksum cover all. */
            truncated: boolean;
            /** @description Why the plan may change before it is sent, although nothing changes in the directory; null where it does not. */
            note: string | null;
            /** @description Why those who lose their account would wait for an administrator's approval once the connection, which is inactive, is activated; null where they would not, where it is not inactive, and in the plan of one record. */
            heldOnActivation: string | null;
        };
        /** @description What else a step holds depends on its kind. */
        PlannedStep: {
            /** @enum {string} */
            kind: "createUser" | "findUser" | "updateUser" | "reactivateUser" | "deactivateUser" | "deleteUser" | "refuseUser" | "createGroup" | "takeOverGroup" | "findGroup" | "renameGroup" | "changeMembers" | "deleteGroup" | "refuseGroup";
            subject: {
                /** @enum {string} */
                kind: "user" | "group";
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @description The step in words. */
            sentence: string;
            /** @description Of an account, by SCIM attribute. */
            values?: {
                [key: string]: string | number | boolean;
            };
            /** @description To an account that is there. */
            readonly changes?: {
                /** @description The SCIM attribute. */
                path: string;
                /** @description Left out where there is none. */
                before?: string | number | boolean;
                /** @description Left out where there is none. */
                after?: string | number | boolean;
            }[];
            /** @description Members to add, at most a thousand. */
            readonly add?: {
                /** Format: uuid */
                userId: string;
                name: string;
                remoteId: string | null;
            }[];
            /** @description Members to remove, at most a thousand. */
            readonly remove?: {
                /** Format: uuid */
                userId: string;
                name: string;
                remoteId: string | null;
            }[];
        } & {
            [key: string]: unknown;
        };
        PlanToApply: {
            /** @description Of the plan that you have seen. */
            checksum: string;
            /**
             * Format: uuid
             * @description Only this user.
             */
            user?: string;
            /**
             * Format: uuid
             * @description Only this group, its whole membership.
             */
            group?: string;
        };
        PlanApplied: {
            checksum: string;
            /** @description How many steps there are of each kind. Nothing is sent for `refuseUser` and `refuseGroup`: something is missing, or the application refused them and nothing has changed since. */
            summary: {
                [key: string]: number;
            };
            message: string;
        };
        Sync: {
            /**
             * Format: uuid
             * @description Only this user.
             */
            user?: string;
            /**
             * Format: uuid
             * @description Only this group, its whole membership.
             */
            group?: string;
            /** @description Also read everything that the application really holds, and compare. */
            full?: boolean;
        };
        Started: {
            message: string;
        };
        UserInApplication: {
            /**
             * Format: uuid
             * @description The user's id in the directory.
             */
            userId: string;
            name: string;
            /** @description Null once the user is deleted from the directory. */
            username: string | null;
            userState: ("staged" | "active" | "suspended") | null;
            /** @description The id in the application. */
            remoteId: string | null;
            /**
             * @description In the application: `absent` where it holds no such record, or not yet.
             * @enum {string}
             */
            state: "absent" | "active" | "inactive";
            /** @description False for an imported account whose user has never been assigned. */
            managed: boolean;
            /** @description An administrator rejected the deactivation. */
            kept: boolean;
            /** @description Being moved to another account. */
            moving: boolean;
            /** @description To be looked at. */
            pending: boolean;
            /** @description When it is looked at; null where it is not to be. */
            dueAt: string | null;
            /** @description The deactivation waits for an administrator's approval. */
            held: boolean;
            holdId: string | null;
            error: components["schemas"]["RecordError"] | null;
            /** @description What an administrator has to decide. */
            attention: components["schemas"]["Attention"] | null;
            notAccepted: {
                /** @description The SCIM attribute. */
                path: string;
                label: string;
                sent: string | number | boolean;
                /** @description What the application kept although it answered success. */
                kept: string | number | boolean;
                /** @description An administrator chose to keep the application's value. */
                chosen: boolean;
                /** @description The same, for people. */
                sentence: string;
            }[];
            drift: {
                missing: boolean;
                /** @description What the record holds; null where it is missing or is as it was accepted. */
                values: {
                    [key: string]: string | number | boolean;
                } | null;
                /** @description The same, for people. */
                sentence: string;
                active: boolean;
            } | null;
            /** @description The bound groups through which the user is assigned. */
            readonly via: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description Why the account is as it is, in a sentence. */
            why: string;
            updatedAt: string | null;
        };
        Attention: {
            code: string;
            message: string;
            sent: string | number | boolean;
            kept: string | number | boolean;
        };
        UserInApplicationInFull: {
            /**
             * Format: uuid
             * @description The user's id in the directory.
             */
            userId: string;
            name: string;
            /** @description Null once the user is deleted from the directory. */
            username: string | null;
            userState: ("staged" | "active" | "suspended") | null;
            /** @description The id in the application. */
            remoteId: string | null;
            /**
             * @description In the application: `absent` where it holds no such record, or not yet.
             * @enum {string}
             */
            state: "absent" | "active" | "inactive";
            /** @description False for an imported account whose user has never been assigned. */
            managed: boolean;
            /** @description An administrator rejected the deactivation. */
            kept: boolean;
            /** @description Being moved to another account. */
            moving: boolean;
            /** @description To be looked at. */
            pending: boolean;
            /** @description When it is looked at; null where it is not to be. */
            dueAt: string | null;
            /** @description The deactivation waits for an administrator's approval. */
            held: boolean;
            holdId: string | null;
            error: components["schemas"]["RecordError"] | null;
            /** @description What an administrator has to decide. */
            attention: components["schemas"]["Attention"] | null;
            notAccepted: {
                /** @description The SCIM attribute. */
                path: string;
                label: string;
                sent: string | number | boolean;
                /** @description What the application kept although it answered success. */
                kept: string | number | boolean;
                /** @description An administrator chose to keep the application's value. */
                chosen: boolean;
                /** @description The same, for people. */
                sentence: string;
            }[];
            drift: {
                missing: boolean;
                /** @description What the record holds; null where it is missing or is as it was accepted. */
                values: {
                    [key: string]: string | number | boolean;
                } | null;
                /** @description The same, for people. */
                sentence: string;
                active: boolean;
            } | null;
            /** @description The bound groups through which the user is assigned. */
            readonly via: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description Why the account is as it is, in a sentence. */
            why: string;
            updatedAt: string | null;
            /** @description From what to what, and what the application holds; empty once the user is deleted. */
            mapping: components["schemas"]["MappedRow"][];
            /** @description What comes next. */
            next: {
                /** @description What would be sent for the user, step by step. */
                sentences: string[];
                /** @description When that comes about, or that nothing is left to do. */
                when: string;
            };
            /** @description The latest operations, the newest first: what was asked, and what was answered. */
            readonly recentEvents: components["schemas"]["Event"][];
        };
        Event: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            applicationId: string;
            /** @description Its label; null once it is deleted. */
            application: string | null;
            /** @enum {string} */
            kind: "user" | "group" | "application";
            /** Format: uuid */
            subjectId: string;
            subjectName: string;
            /** @description For example `createUser`, `changeMembers`, `activateConnection`. */
            operation: string;
            /**
             * @description `later` and `again` are tried again by themselves; `stopped` paused the connection.
             * @enum {string}
             */
            outcome: "done" | "later" | "again" | "refused" | "stopped";
            sentence: string;
            durationMs: number | null;
            attempt: number;
            /** @description Which change it follows from, and who made it. */
            cause: {
                action: string;
                actor: string;
                /** @description Who did what, in a sentence. */
                sentence: string;
                /** @description The group, where one was changed, bound or unbound. */
                group?: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                requestId?: string;
            } | null;
            readonly changes: {
                path: string;
                before?: string | number | boolean;
                after?: string | number | boolean;
            }[];
            /** @description Every request that was sent and its answer, without secrets. */
            readonly exchanges: {
                method: string;
                path: string;
                request?: unknown;
                status?: number;
                /** @description Cut to a readable length. */
                response?: string;
                /** @description Why there is no answer. */
                error?: string;
                durationMs: number;
            }[];
        };
        ApplicationOfUser: {
            /** Format: uuid */
            applicationId: string;
            label: string;
            /** @enum {string} */
            connection: "inactive" | "active" | "paused";
            /**
             * @description In the application: `absent` where it holds no such record, or not yet.
             * @enum {string}
             */
            state: "absent" | "active" | "inactive";
            remoteId: string | null;
            managed: boolean;
            pending: boolean;
            held: boolean;
            error: components["schemas"]["RecordError"] | null;
            readonly via: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description Why the account is as it is, and whether anything is sent, in sentences. */
            why: string;
        };
        GroupInApplication: {
            /**
             * Format: uuid
             * @description The group's id in the directory.
             */
            groupId: string;
            name: string;
            /** @description What the application calls it. */
            remoteName: string | null;
            /** @description The id in the application. */
            remoteId: string | null;
            /**
             * @description In the application: `absent` where it holds no such record, or not yet.
             * @enum {string}
             */
            state: "absent" | "active" | "inactive";
            /** @description False for one that was deleted in the directory and is still to be deleted there. */
            bound: boolean;
            /** @description To be looked at. */
            pending: boolean;
            error: components["schemas"]["RecordError"] | null;
            notAccepted: {
                /** @description The SCIM attribute. */
                path: string;
                label: string;
                sent: string | number | boolean;
                /** @description What the application kept although it answered success. */
                kept: string | number | boolean;
                /** @description An administrator chose to keep the application's value. */
                chosen: boolean;
                /** @description The same, for people. */
                sentence: string;
            }[];
            drift: {
                missing: boolean;
                /** @description What the record holds; null where it is missing or is as it was accepted. */
                values: {
                    [key: string]: string | number | boolean;
                } | null;
                /** @description The same, for people. */
                sentence: string;
                /** @description Null where nobody is missing and nobody else is in it. */
                members: {
                    /** @description Members whom the application accepted and holds no longer. */
                    missing: number;
                    /** @description Others who are in the group. */
                    extra: number;
                } | null;
            } | null;
            members: {
                /** @description Members in the directory. */
                directory: number;
                /** @description Members that the application accepted. */
                accepted: number;
                /** @description Members that it refused. */
                refused: number;
            };
            /** @description The first of those that it refused, with the reason. */
            readonly refusedMembers: {
                /** Format: uuid */
                userId: string;
                name: string;
                error: components["schemas"]["RecordError"];
            }[];
            /** @description Why the group is there as it is, in a sentence. */
            why: string;
            updatedAt: string | null;
        };
        GroupInApplicationWithEvents: {
            /**
             * Format: uuid
             * @description The group's id in the directory.
             */
            groupId: string;
            name: string;
            /** @description What the application calls it. */
            remoteName: string | null;
            /** @description The id in the application. */
            remoteId: string | null;
            /**
             * @description In the application: `absent` where it holds no such record, or not yet.
             * @enum {string}
             */
            state: "absent" | "active" | "inactive";
            /** @description False for one that was deleted in the directory and is still to be deleted there. */
            bound: boolean;
            /** @description To be looked at. */
            pending: boolean;
            error: components["schemas"]["RecordError"] | null;
            notAccepted: {
                /** @description The SCIM attribute. */
                path: string;
                label: string;
                sent: string | number | boolean;
                /** @description What the application kept although it answered success. */
                kept: string | number | boolean;
                /** @description An administrator chose to keep the application's value. */
                chosen: boolean;
                /** @description The same, for people. */
                sentence: string;
            }[];
            drift: {
                missing: boolean;
                /** @description What the record holds; null where it is missing or is as it was accepted. */
                values: {
                    [key: string]: string | number | boolean;
                } | null;
                /** @description The same, for people. */
                sentence: string;
                /** @description Null where nobody is missing and nobody else is in it. */
                members: {
                    /** @description Members whom the application accepted and holds no longer. */
                    missing: number;
                    /** @description Others who are in the group. */
                    extra: number;
                } | null;
            } | null;
            members: {
                /** @description Members in the directory. */
                directory: number;
                /** @description Members that the application accepted. */
                accepted: number;
                /** @description Members that it refused. */
                refused: number;
            };
            /** @description The first of those that it refused, with the reason. */
            readonly refusedMembers: {
                /** Format: uuid */
                userId: string;
                name: string;
                error: components["schemas"]["RecordError"];
            }[];
            /** @description Why the group is there as it is, in a sentence. */
            why: string;
            updatedAt: string | null;
            readonly recentEvents: components["schemas"]["Event"][];
        };
        ApplicationOfGroup: {
            /** Format: uuid */
            applicationId: string;
            label: string;
            /** @enum {string} */
            connection: "inactive" | "active" | "paused";
            /** @description False where groups are left as they are. */
            groupManagement: boolean;
            /**
             * @description In the application: `absent` where it holds no such record, or not yet.
             * @enum {string}
             */
            state: "absent" | "active" | "inactive";
            remoteId: string | null;
            pending: boolean;
            error: components["schemas"]["RecordError"] | null;
            notAccepted: {
                /** @description The SCIM attribute. */
                path: string;
                label: string;
                sent: string | number | boolean;
                /** @description What the application kept although it answered success. */
                kept: string | number | boolean;
                /** @description An administrator chose to keep the application's value. */
                chosen: boolean;
                /** @description The same, for people. */
                sentence: string;
            }[];
            drift: {
                missing: boolean;
                /** @description What the record holds; null where it is missing or is as it was accepted. */
                values: {
                    [key: string]: string | number | boolean;
                } | null;
                /** @description The same, for people. */
                sentence: string;
                /** @description Null where nobody is missing and nobody else is in it. */
                members: {
                    /** @description Members whom the application accepted and holds no longer. */
                    missing: number;
                    /** @description Others who are in the group. */
                    extra: number;
                } | null;
            } | null;
            members: {
                /** @description Members in the directory. */
                directory: number;
                /** @description Members that the application accepted. */
                accepted: number;
                /** @description Members that it refused. */
                refused: number;
            };
            /** @description Why the group is there as it is, and whether anything is sent, in sentences. */
            why: string;
        };
        Choice: {
            /**
             * @description `keep` the old account, or `move`: deactivate it and create or join the new one, groups with it. `leave`: what was rejected in a hold is taken back, and the user leaves after all.
             * @enum {string}
             */
            choice: "keep" | "move" | "leave";
        };
        Chosen: {
            /** @enum {string} */
            choice: "keep" | "move" | "leave";
            message: string;
        };
        Hold: {
            /** Format: uuid */
            id: string;
            /**
             * @description `closed`: nobody decided. Nobody waits in it any more, or the connection was deactivated; the reason says which.
             * @enum {string}
             */
            state: "open" | "approved" | "rejected" | "closed";
            /** @description Why they wait, with the numbers, and why it was closed where nobody decided. */
            reason: string;
            counts: {
                /** @description Deactivated within the hour before. */
                recent: number;
                /** @description About to be deactivated when the brake last counted. */
                waiting: number;
                /** @description Managed, and active in the application before the first of them left. */
                provisioned: number;
            };
            /** @description How many wait now; none once it is decided. */
            held: number;
            /** Format: date-time */
            createdAt: string;
            /** @description When it was decided or closed. */
            decidedAt: string | null;
            /** @description Null where it is open, and where it was closed. */
            decidedBy: string | null;
        };
        HoldWithUsers: {
            /** Format: uuid */
            id: string;
            /**
             * @description `closed`: nobody decided. Nobody waits in it any more, or the connection was deactivated; the reason says which.
             * @enum {string}
             */
            state: "open" | "approved" | "rejected" | "closed";
            /** @description Why they wait, with the numbers, and why it was closed where nobody decided. */
            reason: string;
            counts: {
                /** @description Deactivated within the hour before. */
                recent: number;
                /** @description About to be deactivated when the brake last counted. */
                waiting: number;
                /** @description Managed, and active in the application before the first of them left. */
                provisioned: number;
            };
            /** @description How many wait now; none once it is decided. */
            held: number;
            /** Format: date-time */
            createdAt: string;
            /** @description When it was decided or closed. */
            decidedAt: string | null;
            /** @description Null where it is open, and where it was closed. */
            decidedBy: string | null;
            /** @description Everybody who would be deactivated. */
            users: {
                readonly items: components["schemas"]["HeldUser"][];
                /** @description Where the next page begins; null on the last. */
                nextCursor: string | null;
                /** @description How many there are on all pages. */
                total: number;
            };
        };
        HeldUser: {
            /** Format: uuid */
            userId: string;
            name: string;
            /** @description Null once the user is deleted from the directory. */
            username: string | null;
            remoteId: string | null;
            /** @enum {string} */
            reason: "deleted" | "suspended" | "staged" | "unassigned" | "moving";
            /** @description The change that made them leave. */
            cause: {
                action: string;
                actor: string;
                /** @description Who did what, in a sentence. */
                sentence: string;
                /** @description The group, where one was changed, bound or unbound. */
                group?: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                requestId?: string;
            } | null;
        };
        HoldDecision: {
            /** @description How many you have seen. Where more or fewer wait by now, nothing is decided. */
            held?: number;
        };
        Candidate: {
            remoteId: string;
            /** @description As the application calls them. */
            userName: string;
            /** @description Whether the account is active there. */
            active: boolean;
            /**
             * @description `matches`: somebody in the directory has that username or email, and is linked, not made anew.
             * @enum {string}
             */
            state: "new" | "matches" | "imported";
            /** @description What an import would make of it. */
            person: components["schemas"]["ImportedPerson"];
            /** @description Who is linked to the account. */
            user: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @description False until they have been active in a bound group. */
                managed: boolean;
            } | null;
            /** @description At most three. Where there are several, the row fails until it is corrected. */
            readonly matches: {
                /** Format: uuid */
                id: string;
                username: string;
                name: string;
                /** @enum {string} */
                by: "email" | "username";
            }[];
        };
        ImportedPerson: {
            username: string | null;
            email: string | null;
            firstname: string | null;
            lastname: string | null;
            displayname: string | null;
        };
        /** @description How the last reading of the application's users went. */
        Roster: {
            /** @enum {string} */
            state: "never" | "reading" | "read" | "failed";
            /** @description How many users were read so far, or when it ended. */
            seen: number;
            /** @description Why it failed, and what to do. */
            message: string | null;
            startedAt: string | null;
            /** @description When the list was last read to its end. */
            readAt: string | null;
        };
        NewImport: {
            remoteIds?: string[];
            /**
             * @description Everybody whom the list shows under `new` and `search`, and who is not imported yet.
             * @constant
             */
            all?: true;
            new?: boolean;
            search?: string;
            /**
             * @description What the users that are made begin as.
             * @default staged
             * @enum {string}
             */
            state: "staged" | "active";
            /** @description Corrections, by the remote id of whom they are for; each must be of somebody whom the import is of. */
            overrides?: {
                [key: string]: {
                    username?: string | null;
                    email?: string | null;
                    firstname?: string | null;
                    lastname?: string | null;
                    displayname?: string | null;
                };
            };
            /**
             * Format: email
             * @description Where the end of a background import is told. Left out, it is the address of the person who asks; where there is none, as for an API key, those of all administrators.
             */
            notify?: string;
            /**
             * @description Whether up to 100 are done before this answers; false where their import is watched instead.
             * @default true
             */
            wait: boolean;
        };
        ImportWithResults: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            applicationId: string;
            /** @enum {string} */
            state: "running" | "done";
            /** @enum {string} */
            userState: "staged" | "active";
            /** @description It goes on behind the answer; look again, or watch the stream. */
            background: boolean;
            counts: {
                total: number;
                waiting: number;
                /** @description Made in the directory. */
                created: number;
                /** @description Linked to somebody who was there. */
                linked: number;
                /** @description Imported before. */
                unchanged: number;
                failed: number;
                /** @description Not made, because it was cancelled. */
                cancelled: number;
            };
            startedBy: string;
            /** @description Who is told when it is done; null where nobody is. */
            mail: {
                /** @description One address, or several with commas between them. */
                to: string;
                /** @enum {string} */
                state: "none" | "owed" | "sent" | "failed";
                /** @description Why it was not sent yet. */
                message: string | null;
            } | null;
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
            /** @description What became of each, where they were at most 100 and are waited for; null where it goes on behind the answer. */
            results: components["schemas"]["ImportItem"][] | null;
        };
        ImportItem: {
            remoteId: string;
            /** @description With corrections. */
            person: components["schemas"]["ImportedPerson"];
            /** @enum {string} */
            outcome: "created" | "linked" | "unchanged" | "failed" | "cancelled" | "waiting";
            userId: string | null;
            readonly errors: {
                path: string;
                message: string;
            }[];
        };
        Import: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            applicationId: string;
            /** @enum {string} */
            state: "running" | "done";
            /** @enum {string} */
            userState: "staged" | "active";
            /** @description It goes on behind the answer; look again, or watch the stream. */
            background: boolean;
            counts: {
                total: number;
                waiting: number;
                /** @description Made in the directory. */
                created: number;
                /** @description Linked to somebody who was there. */
                linked: number;
                /** @description Imported before. */
                unchanged: number;
                failed: number;
                /** @description Not made, because it was cancelled. */
                cancelled: number;
            };
            startedBy: string;
            /** @description Who is told when it is done; null where nobody is. */
            mail: {
                /** @description One address, or several with commas between them. */
                to: string;
                /** @enum {string} */
                state: "none" | "owed" | "sent" | "failed";
                /** @description Why it was not sent yet. */
                message: string | null;
            } | null;
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
        };
        ImportRetry: {
            /** @description Everybody who failed or was cancelled where it is left out. */
            remoteIds?: string[];
            /** @description Corrections, by the remote id of whom they are for; each must be of somebody whom the import is of. */
            overrides?: {
                [key: string]: {
                    username?: string | null;
                    email?: string | null;
                    firstname?: string | null;
                    lastname?: string | null;
                    displayname?: string | null;
                };
            };
            /**
             * Format: email
             * @description Where the end of a background import is told. Left out, it is the address of the person who asks; where there is none, as for an API key, those of all administrators.
             */
            notify?: string;
            /**
             * @description Whether up to 100 are done before this answers; false where their import is watched instead.
             * @default true
             */
            wait: boolean;
        };
        Need: {
            /**
             * @description `paused`: a connection; `unread`: nothing is sent before what an application holds has been read, and it could not be for long; `delayed`: records that have failed for more than an hour, and are tried again by themselves; `held`: leavers who wait for an approval; `choice`: accounts on which somebody has to decide; `failed`: records and memberships that were refused; `inventory`: what an application holds could not be read, or is not believed; `certificate`: one that expires, or has.
             * @enum {string}
             */
            kind: "paused" | "unread" | "delayed" | "held" | "choice" | "failed" | "inventory" | "certificate";
            application: {
                /** Format: uuid */
                id: string;
                label: string;
            };
            /** @description What it is, and what to do. */
            sentence: string;
            /** @description How many records it is about. */
            count: number;
            /** @description In which list of the application the records are: its users, or its groups where it is about these alone. */
            among: ("user" | "group") | null;
            /**
             * Format: date-time
             * @description Since when; of a certificate, when it expires.
             */
            since: string;
        };
        FirstStep: {
            /**
             * @description `people` and `groups` in the directory, an `application`, its `activation`, and the `binding` of groups to it.
             * @enum {string}
             */
            step: "people" | "groups" | "application" | "activation" | "binding";
            done: boolean;
        };
        ProvisioningInsight: {
            days: {
                /** Format: date */
                day: string;
                /** @description Users created, or linked to an account that was there. */
                created: number;
                updated: number;
                reactivated: number;
                /** @description Deactivated, or deleted where the connection does that. */
                deactivated: number;
                /** @description Groups created, renamed, deleted, and changes of their members. */
                groupChanges: number;
                /** @description Given up until something changes. */
                refused: number;
                /** @description Tried again by themselves, or paused the connection. */
                failed: number;
            }[];
        };
        LeaversInsight: {
            days: {
                /** Format: date */
                day: string;
                /** @description How many left. */
                count: number;
                /** @description Half of them waited no longer; null where nobody left. */
                p50Seconds: number | null;
                /** @description All but one in twenty waited no longer. */
                p95Seconds: number | null;
            }[];
        };
        ErrorsInsight: {
            applications: {
                application: {
                    /** Format: uuid */
                    id: string;
                    label: string;
                };
                /** @description Given up until something changes. */
                refused: number;
                /** @description Tried again by themselves. */
                later: number;
                /** @description That paused the connection, or held leavers. */
                stopped: number;
                /** @description What was said most often. */
                readonly frequent: {
                    /** @description … stands for whom it is about. */
                    sentence: string;
                    count: number;
                }[];
            }[];
        };
        EventSummary: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            applicationId: string;
            /** @description Its label; null once it is deleted. */
            application: string | null;
            /** @enum {string} */
            kind: "user" | "group" | "application";
            /** Format: uuid */
            subjectId: string;
            subjectName: string;
            /** @description For example `createUser`, `changeMembers`, `activateConnection`. */
            operation: string;
            /**
             * @description `later` and `again` are tried again by themselves; `stopped` paused the connection.
             * @enum {string}
             */
            outcome: "done" | "later" | "again" | "refused" | "stopped";
            sentence: string;
            durationMs: number | null;
            attempt: number;
            /** @description Which change it follows from, and who made it. */
            cause: {
                action: string;
                actor: string;
                /** @description Who did what, in a sentence. */
                sentence: string;
                /** @description The group, where one was changed, bound or unbound. */
                group?: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                requestId?: string;
            } | null;
        };
        Administrator: {
            /** Format: uuid */
            userId: string;
            username: string;
            displayname: string | null;
            email: string | null;
            /**
             * @description Only an active user may sign in.
             * @enum {string}
             */
            state: "staged" | "active" | "suspended";
            /** @enum {string} */
            role: "administrator" | "manager" | "help-desk" | "read-only";
            /** @description The last Administrator who is active, or who can sign in: first somebody else is given the role, or a password. */
            last: boolean;
            /** @description Of whom they are the last, and what to do first. Null unless they are `last`. */
            whyLast: string | null;
            /** Format: date-time */
            givenAt: string;
        };
        Role: {
            /** @enum {string} */
            role: "administrator" | "manager" | "help-desk" | "read-only";
            name: string;
            /** @description What it is for. */
            sentence: string;
        };
        GivenRole: {
            /** @enum {string} */
            role: "administrator" | "manager" | "help-desk" | "read-only";
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "administrator" | "manager" | "help-desk" | "read-only";
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            /** @description To the minute. */
            lastUsedAt: string | null;
        };
        NewApiKey: {
            name: string;
            /**
             * @default administrator
             * @enum {string}
             */
            role: "administrator" | "manager" | "help-desk" | "read-only";
            expiresAt?: string | null;
        };
        MadeApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "administrator" | "manager" | "help-desk" | "read-only";
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            /** @description To the minute. */
            lastUsedAt: string | null;
            /** @description Shown this once; only a hash of it is kept. */
            key: string;
        };
        MailSettings: {
            /** @description Whether there is a mail server (`SMTP_URL`). */
            set: boolean;
            /** @description From whom mail comes (`ROLLCALL_MAIL_FROM`). */
            from: string | null;
            /** @description Where it is, without what signs in there. */
            server: {
                host: string;
                port: number | null;
                tls: boolean;
            } | null;
        };
        MailTrial: {
            /** Format: email */
            to: string;
        };
        MailTried: {
            sent: boolean;
            /** @description What came of it, and what to do. */
            message: string;
            /** @description The mail server's own words. */
            said: string | null;
        };
        SecuritySettings: {
            safeguards: {
                name: string;
                value: string | number | boolean;
                /** @description What is in force. */
                sentence: string;
                /** @description The variable that changes it; null where nothing does. */
                setting: string | null;
            }[];
        };
        AuditEntry: {
            /** @description Its place in the trail, from 1. */
            seq: number;
            /** Format: date-time */
            at: string;
            /** @description Who did what to whom, in a sentence. */
            sentence: string;
            action: string;
            actor: {
                /**
                 * @description `link`: whoever opened a one-time link. `local`: the command line, over the database. `nobody`: somebody who failed to sign in.
                 * @enum {string}
                 */
                kind: "key" | "session" | "link" | "local" | "nobody";
                /** @description Of the person, or of the API key. */
                id: string | null;
                name: string;
            };
            origin: {
                address: string | null;
                userAgent: string | null;
                requestId: string;
            };
            subject: {
                kind: string;
                /** @description Null for an act on many. */
                id: string | null;
                name: string;
            };
            /** @description What was there; of a change, only what differs. Secrets are left out. */
            before: {
                [key: string]: unknown;
            } | null;
            /** @description What is there now; for an act on many, how many. */
            after: {
                [key: string]: unknown;
            } | null;
        };
        VerifiedAudit: {
            whole: boolean;
            /** @description How many fit, from the first on. */
            entries: number;
            /** @description Of the last that fits. Kept elsewhere, it also tells whether the newest entries were taken away. */
            lastHash: string;
            /** @description The first that does not fit, and why. */
            broken: string | null;
        };
        SignIn: {
            /** @description Or the email address, where only one user has it. */
            username: string;
            password: string;
            /** @description Of an authenticator app, or a recovery code. */
            code?: string;
        };
        Session: {
            /** Format: uuid */
            userId: string;
            username: string;
            displayname: string | null;
            email: string | null;
            /** @description What they administer with; null for who administers nothing. */
            role: ("administrator" | "manager" | "help-desk" | "read-only") | null;
            /** @description What they may do, with that role and as they signed in. */
            permissions: ("read" | "directory" | "credentials" | "retry" | "administer")[];
            /** @description How they proved who they are. */
            readonly methods: ("password" | "totp" | "passkey" | "recovery-code")[];
            /** Format: date-time */
            authenticatedAt: string;
            /** @description The role counts only after a second factor was set up. */
            needsSecondFactor: boolean;
            /** @description To be sent with every write, as `x-csrf-token`. */
            csrfToken: string;
        };
        Me: {
            /** Format: uuid */
            id: string;
            username: string;
            displayname: string | null;
            email: string | null;
            role: ("administrator" | "manager" | "help-desk" | "read-only") | null;
            applications: {
                /** Format: uuid */
                applicationId: string;
                label: string;
                description: string | null;
                logo: string | null;
                /** @description Opens the application, signed in. */
                startUrl: string;
            }[];
        };
        PasswordChange: {
            current: string;
            password: string;
        };
        OwnSession: {
            /** Format: uuid */
            id: string;
            readonly methods: ("password" | "totp" | "passkey" | "recovery-code")[];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
            address: string;
            userAgent: string;
            current: boolean;
        };
        Factor: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "totp" | "passkey";
            label: string;
            /** Format: date-time */
            createdAt: string;
            lastUsedAt: string | null;
        };
        TotpSetUp: {
            /** Format: uuid */
            id: string;
            secret: string;
            /** @description For a QR code. */
            uri: string;
        };
        RecoveryCodes: {
            /** @description Shown this once; null where there are some already. */
            recoveryCodes: string[] | null;
        };
        PasswordReset: {
            /**
             * @description `mail` sends the link to the user; `link` answers it, to be handed over.
             * @default mail
             * @enum {string}
             */
            deliver: "mail" | "link";
        };
        PasswordResetMade: {
            /** @description Works once, within the hour. Null where it was sent by mail. */
            link: string | null;
        };
        ListedSession: {
            /** Format: uuid */
            id: string;
            readonly methods: ("password" | "totp" | "passkey" | "recovery-code")[];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
            address: string;
            userAgent: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
