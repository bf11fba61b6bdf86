// SPDX-License-Identifier: Apache-2.0

/** The maps in the page: base64 of zlib of bytes that were predicted from their neighbours. */
zonerank.blobs = (() => {
    const bytesOf = (base64) => {
        const text = atob(base64);
        const bytes = new Uint8Array(text.length);
        for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
        return bytes;
    };

    const inflated = async (bytes) => {
        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
        return new Uint8Array(await new Response(stream).arrayBuffer());
    };

    // Each byte holds its difference to left + up - upper left, all 0 beyond the edge.
    const unpredict = (bytes, cols) => {
        for (let i = 1; i < cols; ++i) bytes[i] += bytes[i - 1];
        for (let row = cols; row < bytes.length; row += cols) {
            bytes[row] += bytes[row - cols];
            for (let i = row + 1; i < row + cols; ++i) bytes[i] += bytes[i - 1] + bytes[i - cols] - bytes[i - cols - 1];
        }
        return bytes;
    };

    /** Whether this browser can read them. */
    const readable = () => typeof DecompressionStream === "function";

    /** cols x rows bytes, row by row from the north; null stays null. Throws when the number of bytes is another. */
    const decode = async (blob, { cols, rows }) => {
        if (blob === null) return null;
        const bytes = await inflated(bytesOf(blob));
        if (bytes.length !== cols * rows) throw new Error(`a map of ${bytes.length} cells, not ${cols * rows}`);
        return unpredict(bytes, cols);
    };

    /** A packed text. */
    const text = async (packed) => new TextDecoder().decode(await inflated(bytesOf(packed)));

    return { decode, readable, text };
})();
