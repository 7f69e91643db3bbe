# 320 days of six-hour bars whose volatility comes in waves; one bar in 300 is missing.
BEGIN {
    state = 12345
    price = 30000
    for (i = 0; i < 320 * 4; i++) {
        wave = 0.004 + 0.003 * sin(i / 60)
        open = price
        low = high = open
        for (step = 0; step < 6; step++) {
            state = (state * 16807) % 2147483647
            price = price * (1 + wave * 3.4 * (state / 2147483647 - 0.5))
            if (price > high) high = price
            if (price < low) low = price
        }
        if (i % 300 == 299) continue
        printf "{\"type\":\"candle\",\"symbol\":\"BTCUSDT\",\"ts\":%d000,\"interval_ms\":21600000,", 1704067200 + i * 21600
        printf "\"open\":%.2f,\"high\":%.2f,\"low\":%.2f,\"close\":%.2f}\n", open, high + 0.01, low - 0.01, price
    }
}
