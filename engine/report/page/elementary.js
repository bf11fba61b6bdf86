// SPDX-License-Identifier: Apache-2.0

/**
 * Exponential and logarithm by the engine's own operations in the engine's own order
 * (rasters/core/exponential.hpp): Math.exp and Math.log may differ in the last bit, and two
 * sites that tie in the engine would not tie here.
 */
zonerank.elementary = (() => {
    const number = new Float64Array(1);
    const words = new Uint32Array(number.buffer);
    const low = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;
    const high = 1 - low;
    const whole = 6755399441055744; // 1.5 x 2^52
    const inverses = [6227020800, 479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6].map((n) => 1 / n);
    const artanh = [23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3].map((n) => 2 / n);

    const fromWords = (upper, lower) => {
        words[high] = upper;
        words[low] = lower;
        return number[0];
    };

    /** e^x; 0 below -708. */
    const exponential = (x) => {
        if (x !== x || x < -708) return x !== x ? x : 0;
        const bounded = x > 709.8 ? 709.8 : x;
        const shifted = bounded * 1.4426950408889634 + whole;
        const n = shifted - whole;
        const r = bounded - n * 0.6931471805582987 - n * 1.6465949582897082e-12;
        let p = inverses[0];
        for (let k = 1; k < inverses.length; ++k) p = p * r + inverses[k];
        p = p * r + 0.5;
        p = p * r * r + r + 1;
        number[0] = shifted;
        return p * fromWords(((words[low] + 1022) & 0xfff) << 20, 0) * 2;
    };

    /** ln x for x >= 0 that is not subnormal. */
    const logarithm = (x) => {
        if (x !== x || x === 0) return x === 0 ? -Infinity : x;
        number[0] = x;
        const upper = words[high],
            lower = words[low];
        const borrow = lower < 0x667f3bcd ? 1 : 0;
        const n = (upper - 0x3fe6a09e - borrow) >> 20;
        const f = fromWords(upper - (n << 20), lower) - 1,
            s = f / (2 + f),
            z = s * s;
        let p = artanh[0];
        for (let k = 1; k < artanh.length; ++k) p = p * z + artanh[k];
        const half = (f * f) / 2;
        const logM = f - (half - s * (half + z * p));
        return n * 0.6931471805582987 + (logM + n * 1.6465949582897082e-12);
    };

    return { exponential, logarithm };
})();
