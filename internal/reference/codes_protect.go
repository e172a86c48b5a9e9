package reference

func visitMethodCode(text string) string {
	return coded(text, []word{
		{"face_to_face", "face_to_face"}, {"face to face", "face_to_face"}, {"face-to-face", "face_to_face"}, {"f2f", "face_to_face"},
		{"in person", "face_to_face"}, {"video", "virtual"}, {"video call", "virtual"}, {"online", "virtual"}, {"telephone", "virtual"},
		{"phone", "virtual"}, {"virtual", "virtual"}, {"no access", "attempted"}, {"not seen", "attempted"}, {"attempted", "attempted"},
	})
}

func quorateCode(text string) answer {
	switch coded(text, []word{
		{"yes", "yes"}, {"y", "yes"}, {"1", "yes"}, {"true", "yes"}, {"quorate", "yes"},
		{"no", "no"}, {"n", "no"}, {"0", "no"}, {"false", "no"}, {"inquorate", "no"}, {"not quorate", "no"},
	}) {
	case "yes":
		return yes
	case "no":
		return no
	}
	return notSaid
}
