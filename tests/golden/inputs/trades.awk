# Four hours of trades, a candle that is not read among them, and a silence of half an hour.
BEGIN {
    state = 777
    price = 64000
    at = 1704067200
    print "{\"type\":\"candle\",\"symbol\":\"BTCUSDT\",\"ts\":1704067200000,\"interval_ms\":60000,\"open\":1,\"high\":1,\"low\":1,\"close\":1}"
    for (i = 0; i < 400; i++) {
        state = (state * 16807) % 2147483647
        at += i == 200 ? 1800 : 10 + state % 50
        price = price * (1 + 0.001 * (state / 2147483647 - 0.5))
        printf "{\"type\":\"trade\",\"symbol\":\"BTCUSDT\",\"ts\":%d000,\"price\":%.2f,\"qty\":0.5,\"side\":\"buy\"}\n", at, price
    }
}
