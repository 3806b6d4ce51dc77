package gatewaytest

import "courts.example/eservices/icms/money"

// CheckMerchantCode and CRC are the decoder of codes to scan, for its own tests.
func CheckMerchantCode(code, reference string, amount money.Amount) error {
	return checkMerchantCode(code, reference, amount)
}

func CRC(s string) uint16 { return crc(s) }
